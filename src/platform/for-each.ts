/** Calls `work` for each item, at most `limit` at a time. The first error ends it: nothing is begun after it, and it is thrown once all begun have ended. */
export async function forEachConcurrently<T>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const pending = items.values();
  const errors: unknown[] = [];
  const run = async (): Promise<void> => {
    for (const item of pending) {
      if (errors.length > 0) return;
      await work(item).catch((error: unknown) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, run));
  if (errors.length > 0) throw errors[0];
}
