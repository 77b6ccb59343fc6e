import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from holding memory that it does not need. An agent rests most of the time, beside what it serves: it pays with some more
 * processor time while it works.
 * - The space for young objects stays as small as it begins. Left alone it grows to 64 MiB and more with a burst of work (10,000 objects
 *   that are looked at), and is not given back. V8's own limit, `--max-semi-space-size`, counts only at the start of the process.
 * - The space for old ones is collected when it has grown by a third, not when it is several times as large.
 */
export function boundHeap(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=30');
}
