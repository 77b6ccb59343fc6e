import { KubicError } from '../../errors/kubic-error.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import { pause } from '../../kube/patient-connection.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { ObjectRef } from '../../objects/object-ref.ts';

export interface Doomed {
  readonly ref: ObjectRef;
  readonly uid: string;
}

const PATIENCE_MS = 60_000;
const LONGEST_PAUSE_MS = 2_000;

/** Waits, at most a minute, until objects with these UIDs are gone; answers those that are still there. */
export async function awaitGone(
  client: KubeClient,
  doomed: readonly Doomed[],
  signal: AbortSignal,
): Promise<readonly { readonly ref: ObjectRef; readonly live: KubeObject }[]> {
  const deadline = performance.now() + PATIENCE_MS;
  let waiting = doomed;
  for (let wait = 50; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    const looked = await Promise.all(
      waiting.map(async (item) => ({ ...item, live: await getIfServed(client, item.ref, signal) })),
    );
    const left = looked.flatMap(({ ref, uid, live }) =>
      live && live.metadata.uid === uid ? [{ ref, uid, live }] : [],
    );
    if (left.length === 0 || performance.now() > deadline) return left;
    waiting = left;
    await pause(wait, signal);
  }
}

/** The object, or undefined where it, or its whole kind, is gone. */
export async function getIfServed(
  client: KubeClient,
  ref: ObjectRef,
  signal: AbortSignal,
): Promise<KubeObject | undefined> {
  try {
    return await client.get(ref, { signal });
  } catch (error) {
    if (error instanceof KubicError && error.code === 'kube.unknown-kind') return undefined;
    throw error;
  }
}
