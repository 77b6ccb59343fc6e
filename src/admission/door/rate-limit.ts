import { isIPv6 } from 'node:net';

export interface RateLimit {
  /** True when the key may go on; each call that may costs one. */
  readonly allow: (key: string) => boolean;
}

const MAX_KEYS = 4096;

/**
 * A token bucket per key: `burst` at once, then `perSecond`. Memory is bounded: when there are too many keys those whose bucket
 * has filled up again are forgotten, and while there are still too many nobody new may.
 */
export function createRateLimit(
  { burst, perSecond }: { readonly burst: number; readonly perSecond: number },
  now: () => number = () => performance.now(),
): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const refilled = ({ tokens, at }: { tokens: number; at: number }): number =>
    Math.min(burst, tokens + ((now() - at) / 1000) * perSecond);
  const forgetFull = (): void => {
    for (const [key, bucket] of buckets) if (refilled(bucket) >= burst) buckets.delete(key);
  };
  return {
    allow: (key) => {
      const bucket = buckets.get(key);
      if (!bucket && buckets.size >= MAX_KEYS) forgetFull();
      if (!bucket && buckets.size >= MAX_KEYS) return false;
      const tokens = bucket ? refilled(bucket) : burst;
      const allowed = tokens >= 1;
      buckets.set(key, { tokens: allowed ? tokens - 1 : tokens, at: now() });
      return allowed;
    },
  };
}

/** Who counts as one: an IPv4 address, or the /64 in which an IPv6 host may take any address it likes. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [before = [], after] = address
    .replace(/%.*$/, '')
    .split('::')
    .map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = after === undefined ? [] : Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return `${[...before, ...zeros, ...(after ?? [])].slice(0, 4).join(':')}::/64`;
}

/** The local network that an address is likely in: its /24 in IPv4, its /64 in IPv6. */
export function neighbourhoodOf(address: string): string {
  return isIPv6(address) ? networkOf(address) : address.replace(/[0-9]+$/, '0/24');
}
