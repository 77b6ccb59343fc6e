import type { KubeClient } from '../../src/kube/kube-client.ts';
import type { ObjectRef } from '../../src/objects/object-ref.ts';

/** What another writer does to an object. */
export type Overtake = (client: KubeClient, ref: ObjectRef) => Promise<unknown>;

const annotate: Overtake = (client, ref) =>
  client.patch(ref, { metadata: { annotations: { 'example.com/other': 'writer' } } });

/** Right before the first change of an object that is there, another writer changes it, as kubelets and controllers do. */
export function overtaken(client: KubeClient, write = annotate): KubeClient {
  let isBehind = false;
  const overtake = async (ref: ObjectRef): Promise<void> => {
    if (isBehind) return;
    isBehind = true;
    await write(client, ref);
  };
  return {
    ...client,
    patch: async (ref, ...rest) => {
      await overtake(ref);
      return client.patch(ref, ...rest);
    },
    delete: async (ref, ...rest) => {
      await overtake(ref);
      return client.delete(ref, ...rest);
    },
  };
}
