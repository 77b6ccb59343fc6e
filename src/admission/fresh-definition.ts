import { setTimeout as delay } from 'node:timers/promises';
import type { Definition } from '../definition/definition.ts';
import { createRateLimit } from './door/rate-limit.ts';

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

interface HeadReaderOptions {
  /** Monotonic milliseconds: the reader's clock. */
  readonly now?: () => number;
  /** How long those who ask wait for a reading. Default 20 s. */
  readonly patienceMs?: number | undefined;
}

const FRESH_MS = 2_000;
/** Well below what a machine waits for its answer: whoever asks is told that the repository cannot be read, not left alone. */
const PATIENCE_MS = 20_000;

interface Reading {
  readonly at: number;
  readonly refreshed: Promise<boolean>;
  settled: boolean;
}

/**
 * Reads the head for each who asks, but not more often than every 2 s however many ask, and one reading at a time; a failure
 * counts as a reading, and so does one that takes longer than their patience, for those who wait.
 */
export function createHeadReader(source: DefinitionSource, options: HeadReaderOptions = {}): ReadHead {
  const { now = () => performance.now(), patienceMs = PATIENCE_MS } = options;
  let latest: Reading | undefined;
  return async (since = Number.NEGATIVE_INFINITY) => {
    // more than once where a timer fires a moment early by this clock: else who was just accepted is told to wait
    while (latest && latest.at < since && now() - latest.at <= FRESH_MS) await delay(latest.at + FRESH_MS + 1 - now());
    if (!latest || (latest.settled && now() - latest.at > FRESH_MS)) latest = startReading(source, now());
    const { at, refreshed } = latest;
    const isFresh = await Promise.race([refreshed, delay(Math.max(0, at + patienceMs - now()), false, { ref: false })]);
    return { definition: await source.currentDefinition(), isFresh, at };
  };
}

function startReading(source: DefinitionSource, at: number): Reading {
  const end = (isFresh: boolean): boolean => {
    reading.settled = true;
    return isFresh;
  };
  const refreshed = source.refresh().then(
    () => end(true),
    () => end(false),
  );
  const reading: Reading = { at, refreshed, settled: false };
  return reading;
}

/** A machine that asks, is accepted and asks again within the minute is answered at once; whoever keeps asking is not. */
const FOR_STRANGERS = { burst: 3, perSecond: 1 / 20 };

/** @param isPatient whether whoever asks is kept waiting for a reading, some 20 s, rather than answered from memory */
export type ReadHeadForStrangers = (since: number, isPatient: boolean) => Promise<HeadReading>;

/**
 * Reads the head for strangers, three times and then once in 20 s for all of them together. In between they wait for the next one, or
 * are answered by the definition in memory, as not fresh: nobody gets a certificate by it.
 */
export function limitReadings(
  readHead: ReadHead,
  currentDefinition: DefinitionSource['currentDefinition'],
  now: () => number = () => performance.now(),
): ReadHeadForStrangers {
  const limit = createRateLimit(FOR_STRANGERS, now);
  let latest: { readonly from: number; readonly reading: Promise<HeadReading> } | undefined;
  let next: Promise<HeadReading> | undefined;
  const read = (since: number): Promise<HeadReading> => {
    latest = { from: Math.max(since, (latest?.from ?? -Infinity) + FRESH_MS), reading: readHead(since) };
    return latest.reading;
  };
  const readWhenDue = async (): Promise<HeadReading> => {
    while (!limit.allow(STRANGERS)) await delay(500, undefined, { ref: false });
    next = undefined; // whoever asks from now on may be newer than this one
    return read(now());
  };
  return async (since, isPatient) => {
    // one that is still to begin serves whoever asks before it does
    if (latest !== undefined && latest.from >= since) return latest.reading;
    if (next === undefined && limit.allow(STRANGERS)) return read(since);
    if (!isPatient) return { definition: await currentDefinition(), isFresh: false, at: -Infinity };
    next ??= readWhenDue();
    return next;
  };
}

const STRANGERS = 'strangers';
