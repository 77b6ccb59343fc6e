import cron from 'node-cron';
import { splayMs } from './splay.ts';

export interface Schedule {
  /** When the next sync is due, with the splay. */
  readonly nextAt: () => Date | undefined;
  readonly stop: () => void;
}

/**
 * Calls `due` at every match of a cron expression, later by this machine's own splay. The interval is that between the
 * next two matches, at most an hour: a nightly schedule must not spread over the day.
 */
export function startSchedule(expression: string, name: string, due: () => void): Schedule {
  const timers = new Set<NodeJS.Timeout>();
  const task = cron.schedule(expression, () => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      due();
    }, splay);
    timers.add(timer);
  });
  const [first, second] = task.getNextRuns(2);
  const interval = first && second ? second.getTime() - first.getTime() : 60_000;
  const splay = splayMs(name, Math.min(interval, 3_600_000));
  return {
    nextAt: () => {
      const next = task.getNextRun();
      return next ? new Date(next.getTime() + splay) : undefined;
    },
    stop: () => {
      void task.destroy();
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
