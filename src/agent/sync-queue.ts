import type { Emit, SyncEvent } from '../execute/events.ts';

/** Runs one sync at a time; those who ask while one runs share the one after it, and see the one that runs. */
export interface SyncQueue<T> {
  /** Asks for a sync that begins after now, and answers its result. The watcher gets the events until then. */
  readonly request: (watcher?: Emit) => Promise<T>;
  /** Resolves when no sync runs or waits, however the last one ended. */
  readonly idle: () => Promise<void>;
}

interface Waiting<T> {
  readonly watchers: Set<Emit>;
  readonly result: Promise<T>;
}

/** A queue in front of `run`, of which one runs at a time and at most one waits. */
export function createSyncQueue<T>(run: (emit: Emit) => Promise<T>): SyncQueue<T> {
  /** The last that was asked for: it runs, or it waits behind the one that runs. */
  let last: Promise<T> | undefined;
  let running: Set<Emit> | undefined;
  let next: Waiting<T> | undefined;

  function enqueue(): Waiting<T> {
    const watchers = new Set<Emit>();
    const begin = (): Promise<T> => {
      next = undefined;
      running = watchers;
      return run((event: SyncEvent) => {
        for (const watcher of watchers) watcher(event);
      });
    };
    const before = last ?? Promise.resolve();
    const result = before.then(begin, begin);
    last = result;
    result.then(clear, clear);
    function clear(): void {
      if (running === watchers) running = undefined;
      if (last === result) last = undefined;
    }
    return { watchers, result };
  }

  return {
    request: (watcher) => {
      next ??= enqueue();
      if (watcher) {
        next.watchers.add(watcher);
        running?.add(watcher);
      }
      return next.result;
    },
    idle: async () => {
      while (last) await last.then(noop, noop);
    },
  };
}

function noop(): void {}
