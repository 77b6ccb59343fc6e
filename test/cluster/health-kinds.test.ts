import { afterAll, beforeAll, expect, test } from 'vitest';
import { KIND_HEALTH } from '../../src/addons/health/kind-health.ts';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import { type ApiServer, startApiServer } from '../support/api-server.ts';

interface Discovered {
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly verbs: readonly string[] }[];
}

let server: ApiServer;
let client: KubeClient;

beforeAll(async () => {
  // every version of every group, those in preparation too: what is new there is stable two releases later
  server = await startApiServer({
    flags: ['--runtime-config=api/all=true', '--feature-gates=AllAlpha=true,AllBeta=true'],
    controllers: false,
  });
  client = await createKubeClient({ path: server.kubeconfig });
});

afterAll(async () => {
  client.close();
  await server.stop();
});

test('every kind that this Kubernetes stores has a rule of health, and no rule is for a kind it does not know', async () => {
  const { groups } = (await client.request({ method: 'GET', path: '/apis' })) as {
    readonly groups: readonly {
      readonly name: string;
      readonly versions: readonly { readonly groupVersion: string }[];
    }[];
  };
  const versions = [
    { group: '', path: '/api/v1' },
    ...groups.flatMap(({ name, versions: served }) =>
      served.map(({ groupVersion }) => ({ group: name, path: `/apis/${groupVersion}` })),
    ),
  ];
  const kinds = new Set<string>();
  for (const { group, path } of versions) {
    const { resources } = (await client.request({ method: 'GET', path })) as Discovered;
    // what cannot be listed is a question (a review, a binding) and is not kept
    const stored = resources.filter(({ name, verbs }) => !name.includes('/') && verbs.includes('list'));
    for (const { kind } of stored) kinds.add(`${group}/${kind}`);
  }
  const rules = Object.keys(KIND_HEALTH);
  expect([...kinds].filter((kind) => !rules.includes(kind))).toEqual([]);
  expect(rules.filter((rule) => !kinds.has(rule))).toEqual([]);
});
