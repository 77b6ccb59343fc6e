import { KubicError } from '../../src/errors/kubic-error.ts';
import { examineRefusal } from '../../src/execute/addons/apply/examine-refusal.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import type { KubeObject } from '../../src/objects/kube-object.ts';

export function object(apiVersion: string, kind: string, metadata: object, rest: object): KubeObject {
  return { apiVersion, kind, metadata: metadata as KubeObject['metadata'], ...rest };
}

/** Applies an object as add-ons do; answers the error that is told, or undefined where it is accepted. */
export async function tryApply(client: KubeClient, declared: KubeObject): Promise<KubicError | undefined> {
  const signal = new AbortController().signal;
  try {
    await client.apply(declared, { fieldManager: 'kubic-init', force: true, signal });
    return undefined;
  } catch (error) {
    const told = await examineRefusal(error, declared, { client, signal });
    if (told instanceof KubicError) return told;
    throw told;
  }
}
