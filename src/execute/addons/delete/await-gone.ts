import { KubicError } from '../../../errors/kubic-error.ts';
import type { KubeClient } from '../../../kube/kube-client.ts';
import { findServedKind } from '../../../kube/served-kind.ts';
import type { KubeObject } from '../../../objects/kube-object.ts';
import type { ObjectRef } from '../../../objects/object-ref.ts';
import { askAgain } from '../ask-again.ts';
import { toFailure } from '../object-failure.ts';

export interface Doomed {
  readonly ref: ObjectRef;
  readonly uid: string;
}

/** An object that is not known to be gone: as it was last seen, or why it cannot be seen. */
export interface Lingering {
  readonly ref: ObjectRef;
  readonly live?: KubeObject;
  readonly error?: KubicError;
}

const PATIENCE = { totalMs: 60_000, longestPauseMs: 2_000 };

/**
 * Waits, at most a minute, until objects with these UIDs are gone; answers those that are not.
 *
 * @throws KubicError where going on makes no sense
 */
export async function awaitGone(
  client: KubeClient,
  doomed: readonly Doomed[],
  signal: AbortSignal,
): Promise<readonly Lingering[]> {
  let waiting = doomed;
  const ask = async (): Promise<readonly Lingering[]> => {
    const looked = await Promise.all(waiting.map(async (item) => ({ item, left: await look(client, item, signal) })));
    waiting = looked.flatMap(({ item, left }) => (left ? [item] : []));
    return looked.flatMap(({ left }) => left ?? []);
  };
  return askAgain(ask, (lingering) => lingering.length === 0, { ...PATIENCE, signal });
}

async function look(client: KubeClient, { ref, uid }: Doomed, signal: AbortSignal): Promise<Lingering | undefined> {
  try {
    const live = await getServed(client, ref, signal);
    return live?.metadata.uid === uid ? { ref, live } : undefined;
  } catch (error) {
    return { ref, error: toFailure(ref, error).error };
  }
}

/**
 * The object at a version that is served, or undefined where it, or its whole kind, is gone.
 *
 * @throws KubicError addons.kind-away where nobody can say
 */
export async function getServed(
  client: KubeClient,
  ref: ObjectRef,
  signal: AbortSignal,
): Promise<KubeObject | undefined> {
  try {
    return await client.get(ref, { signal });
  } catch (error) {
    if (!(error instanceof KubicError) || error.code !== 'kube.unknown-kind') throw error;
  }
  const resource = await findServedKind(client, ref, signal);
  return resource === 'gone' ? undefined : client.get({ ...ref, apiVersion: resource.apiVersion }, { signal });
}
