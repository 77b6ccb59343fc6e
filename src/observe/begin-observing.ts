import type { KubeReader } from '../kube/kube-client.ts';
import type { Exec } from '../platform/exec.ts';
import { loadMembership } from '../state/membership-record.ts';
import { type RecordedAddons, readRecorded } from './addons/read-recorded.ts';
import type { UntouchedMemory } from './addons/untouched-memory.ts';
import { observeVersions, type ProgramVersions } from './machine/observe-versions.ts';

/** What is found out before it is known what the repository declares. */
export interface EarlyFindings {
  /** Of the programs: they stay the same while a sync lasts. */
  readonly versions: Promise<ProgramVersions>;
  /**
   * What add-ons have on record and in the cluster: once, while it is fresh. Undefined on a machine that is no control plane, where it
   * could not be read, and when it was taken before: then whoever needs it reads it.
   */
  readonly takeRecorded: () => Promise<RecordedAddons | undefined>;
  /** Ends what is still under way. */
  readonly end: () => Promise<void>;
}

export interface BeginObservingDeps {
  readonly exec: Exec;
  readonly stateDir: string;
  readonly adminClient: () => Promise<KubeReader>;
  readonly memory?: UntouchedMemory | undefined;
  readonly signal?: AbortSignal;
}

/** A fetch from a slow server may take minutes, and the cluster goes on meanwhile. */
const FRESH_MS = 5_000;

/** Begins to observe, beside the fetch. Nothing of it throws before it is asked for. */
export function beginObserving(deps: BeginObservingDeps): EarlyFindings {
  const begunAt = performance.now();
  const ended = new AbortController();
  const signal = deps.signal ? AbortSignal.any([deps.signal, ended.signal]) : ended.signal;
  const versions = observeVersions(deps.exec);
  let recorded: Promise<RecordedAddons | undefined> | undefined = readEarly(deps, signal).catch(() => undefined);
  const underWay = Promise.allSettled([versions, recorded.then(() => {})]); // it keeps nothing of it
  return {
    versions,
    takeRecorded: async () => {
      const isFresh = performance.now() - begunAt < FRESH_MS;
      if (!isFresh) ended.abort(); // what is still read is out of date already
      const found = isFresh ? recorded : undefined;
      recorded = undefined;
      return found;
    },
    end: async () => {
      ended.abort();
      await underWay;
    },
  };
}

/** By its own record this machine knows whether it may ask as the cluster's administrator. */
async function readEarly(
  { stateDir, adminClient, memory }: BeginObservingDeps,
  signal: AbortSignal,
): Promise<RecordedAddons | undefined> {
  const membership = await loadMembership(stateDir);
  return membership?.role === 'control-plane'
    ? readRecorded(await adminClient(), { stateDir, memory }, signal)
    : undefined;
}
