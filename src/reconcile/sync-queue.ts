import type { Emit, SyncEvent } from './events.ts';

/** Runs one sync at a time; those who ask while one runs share the one after it. */
export interface SyncQueue<T> {
  /** Asks for a sync that begins after now, and answers its result; events go to everyone who watches it. */
  readonly request: (watcher?: Emit) => Promise<T>;
  /** Resolves when no sync runs or waits, however the last one ended. */
  readonly idle: () => Promise<void>;
}

interface Waiting<T> {
  readonly watchers: Set<Emit>;
  readonly result: Promise<T>;
}

export function createSyncQueue<T>(run: (emit: Emit) => Promise<T>): SyncQueue<T> {
  let current: Promise<T> | undefined;
  let next: Waiting<T> | undefined;

  function enqueue(): Waiting<T> {
    const watchers = new Set<Emit>();
    const before = current ?? Promise.resolve();
    const begin = (): Promise<T> => {
      next = undefined;
      return run((event: SyncEvent) => {
        for (const watcher of watchers) watcher(event);
      });
    };
    const result = before.then(begin, begin);
    current = result;
    result.then(clear, clear);
    function clear(): void {
      if (current === result) current = undefined;
    }
    return { watchers, result };
  }

  return {
    request: (watcher) => {
      next ??= enqueue();
      if (watcher) next.watchers.add(watcher);
      return next.result;
    },
    idle: async () => {
      while (current) await current.then(noop, noop);
    },
  };
}

function noop(): void {}
