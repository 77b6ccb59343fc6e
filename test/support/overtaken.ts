import type { KubeClient } from '../../src/kube/kube-client.ts';
import type { ObjectRef } from '../../src/objects/object-ref.ts';

/** Right before the first change of an object that is there, another writer changes it, as kubelets and controllers do. */
export function overtaken(client: KubeClient): KubeClient {
  let isBehind = false;
  const overtake = async (ref: ObjectRef): Promise<void> => {
    if (isBehind) return;
    isBehind = true;
    await client.patch(ref, { metadata: { annotations: { 'example.com/other': 'writer' } } });
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
