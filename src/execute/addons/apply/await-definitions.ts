import { conditionOf, messageOf } from '../../../addons/health/object-health.ts';
import { KubicError } from '../../../errors/kubic-error.ts';
import { at, listAt, textAt } from '../../../json/at.ts';
import type { KubeClient } from '../../../kube/kube-client.ts';
import { type KubeObject, refOf } from '../../../objects/kube-object.ts';
import { askAgain } from '../ask-again.ts';
import { type ObjectFailure, toFailure } from '../object-failure.ts';

/** Definitions of a megabyte took half of the time on a machine that was busy. */
const PATIENCE = { totalMs: 60_000, longestPauseMs: 100 };

/** A definition as it was last seen: `served` and `refused` settle it. */
interface Seen {
  readonly state: 'served' | 'refused' | 'waiting';
  readonly live: KubeObject | undefined;
}

/** Waits until the API server serves what these CustomResourceDefinitions define; answers those it does not. */
export async function awaitDefinitions(
  client: KubeClient,
  definitions: readonly KubeObject[],
  signal: AbortSignal,
): Promise<readonly ObjectFailure[]> {
  const results = definitions.map((definition) =>
    awaitDefinition(client, definition, signal).then(
      () => [],
      (error: unknown) => [toFailure(refOf(definition), error)],
    ),
  );
  return (await Promise.all(results)).flat();
}

async function awaitDefinition(client: KubeClient, definition: KubeObject, signal: AbortSignal): Promise<void> {
  const { state, live } = await askAgain(
    () => look(client, definition, signal),
    (seen) => seen.state !== 'waiting',
    { ...PATIENCE, signal },
  );
  if (state === 'served') return;
  const reason = live ? messageOf(live, state === 'refused' ? 'NamesAccepted' : 'Established') : 'it is gone';
  throw new KubicError('addons.crd-not-established', { detail: `${definition.metadata.name}: ${reason}` });
}

async function look(client: KubeClient, definition: KubeObject, signal: AbortSignal): Promise<Seen> {
  const live = await client.get(refOf(definition), { signal });
  if (!live) return { state: 'waiting', live };
  if (conditionOf(live, 'NamesAccepted')?.status === 'False') return { state: 'refused', live };
  return { state: (await isServed(client, live)) ? 'served' : 'waiting', live };
}

async function isServed(client: KubeClient, live: KubeObject): Promise<boolean> {
  if (conditionOf(live, 'Established')?.status !== 'True') return false;
  const [group, kind] = [textAt(live, 'spec', 'group'), textAt(live, 'spec', 'names', 'kind')];
  const served = listAt(live, 'spec', 'versions').filter((version) => at(version, 'served') === true);
  const found = served.map((version) => client.findResource(`${group}/${textAt(version, 'name')}`, kind ?? ''));
  return (await Promise.all(found)).every((resource) => resource !== undefined);
}
