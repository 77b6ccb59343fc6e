/**
 * What does not depend on each other, begun at once. Waits until all of it has ended, also where some of it fails: nothing goes on
 * behind the caller's back.
 *
 * @throws the first error, in the order of the list
 */
export async function sideBySide<const T extends readonly Promise<unknown>[]>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
