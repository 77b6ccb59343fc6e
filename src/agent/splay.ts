import { createHash } from 'node:crypto';

/** This machine's fixed share of the interval, in milliseconds: the same after each restart, spread evenly over names. */
export function splayMs(name: string, intervalMs: number): number {
  const hash = createHash('sha256').update(name).digest().readUInt32BE(0);
  return Math.floor((hash / 2 ** 32) * intervalMs);
}
