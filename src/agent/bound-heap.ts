import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's space for young objects as small as it begins. Left alone it grows to 64 MiB and more with a burst of work (10,000 objects that
 * are looked at), and is not given back. An agent rests most of the time, beside what it serves: it pays with some more processor time
 * while it works. V8's own limit, `--max-semi-space-size`, counts only where it is given at the start of the process.
 */
export function boundHeap(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
