import { conditionOf, messageOf } from '../../../addons/health/object-health.ts';
import { KubicError } from '../../../errors/kubic-error.ts';
import { at, listAt, textAt } from '../../../json/record.ts';
import type { KubeClient } from '../../../kube/kube-client.ts';
import { pause } from '../../../kube/patient-connection.ts';
import { type KubeObject, refOf } from '../../../objects/kube-object.ts';
import { type ObjectFailure, toFailure } from '../object-failure.ts';

/** Definitions of a megabyte took half of this on a machine that was busy. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 100;

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
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const live = await client.get(refOf(definition), { signal });
    const refused = live && conditionOf(live, 'NamesAccepted')?.status === 'False';
    if (live && !refused && (await isServed(client, live))) return;
    if (refused || performance.now() > deadline) {
      const reason = live ? messageOf(live, refused ? 'NamesAccepted' : 'Established') : 'it is gone';
      throw new KubicError('addons.crd-not-established', { detail: `${definition.metadata.name}: ${reason}` });
    }
    await pause(PAUSE_MS, signal);
  }
}

async function isServed(client: KubeClient, live: KubeObject): Promise<boolean> {
  if (conditionOf(live, 'Established')?.status !== 'True') return false;
  const [group, kind] = [textAt(live, 'spec', 'group'), textAt(live, 'spec', 'names', 'kind')];
  const served = listAt(live, 'spec', 'versions').filter((version) => at(version, 'served') === true);
  const found = served.map((version) => client.findResource(`${group}/${textAt(version, 'name')}`, kind ?? ''));
  return (await Promise.all(found)).every((resource) => resource !== undefined);
}
