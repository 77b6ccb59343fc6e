import { setTimeout as delay } from 'node:timers/promises';
import type { Definition } from '../definition/definition.ts';

export interface DefinitionSource {
  /** The definition at the last good head, from memory. */
  readonly currentDefinition: () => Promise<Definition>;
  /** Reads the verified head anew; rejects where it cannot be read. */
  readonly refresh: () => Promise<Definition>;
}

export interface HeadReading {
  readonly definition: Definition;
  /** Whether the head was read within the last moments: without that nobody gets a certificate. */
  readonly isFresh: boolean;
  /** When the reading began, by the reader's clock: what was committed later may be missing. */
  readonly at: number;
}

/** @param since asks for a reading that began then or later, by the reader's clock, and waits until one is due */
export type ReadHead = (since?: number) => Promise<HeadReading>;

const FRESH_MS = 2_000;

/** Reads the head for each who asks, but not more often than every 2 s however many ask; a failure counts as a reading. */
export function createHeadReader(source: DefinitionSource, now: () => number = () => performance.now()): ReadHead {
  let latest: { readonly at: number; readonly refreshed: Promise<boolean> } | undefined;
  return async (since = Number.NEGATIVE_INFINITY) => {
    if (latest && latest.at < since) await delay(Math.max(0, latest.at + FRESH_MS + 1 - now()));
    if (!latest || now() - latest.at > FRESH_MS) {
      const refreshed = source.refresh().then(
        () => true,
        () => false,
      );
      latest = { at: now(), refreshed };
    }
    const { at, refreshed } = latest;
    const isFresh = await refreshed;
    return { definition: await source.currentDefinition(), isFresh, at };
  };
}
