export interface FairQueue<T> {
  /** Queues an item; one of the same owner and id that still waits is replaced. */
  readonly put: (owner: string, id: string, item: T) => void;
  readonly drop: (owner: string, id: string) => void;
  /** Begins nothing more, and waits until what was begun has ended. */
  readonly close: () => Promise<void>;
}

/**
 * Works on one item of each owner at a time, the owners in turn, at most `limit` at once: an owner who queues thousands
 * keeps nobody but itself waiting. `work` must not reject.
 */
export function createFairQueue<T>(limit: number, work: (item: T) => Promise<void>): FairQueue<T> {
  const waiting = new Map<string, Map<string, T>>();
  const running = new Map<string, Promise<void>>();
  const begin = (): void => {
    for (const [owner, items] of waiting) {
      if (running.size >= limit) return;
      if (!running.has(owner)) running.set(owner, runNext(owner, items));
    }
  };
  const runNext = async (owner: string, items: Map<string, T>): Promise<void> => {
    waiting.delete(owner);
    for (const [id, item] of items) {
      items.delete(id);
      if (items.size > 0) waiting.set(owner, items); // behind the other owners
      await work(item);
      break;
    }
    running.delete(owner);
    begin();
  };
  return {
    put: (owner, id, item) => {
      const items = waiting.get(owner) ?? new Map<string, T>();
      waiting.set(owner, items.set(id, item));
      begin();
    },
    drop: (owner, id) => {
      const items = waiting.get(owner);
      if (items?.delete(id) && items.size === 0) waiting.delete(owner);
    },
    close: async () => {
      waiting.clear();
      await Promise.all(running.values());
    },
  };
}
