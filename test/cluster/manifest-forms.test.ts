import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { addonOf, createHarness, type Harness } from './addons-harness.ts';

const id = `forms${randomBytes(3).toString('hex')}`;
let harness: Harness;

beforeAll(async () => {
  harness = await createHarness(inject('kubeconfig'), (addon) => addon.endsWith(id));
});

afterAll(() => harness.client.close());

/** What a sync plans for an add-on that has just been applied, again and again: nothing, or somebody changes what we set. */
async function plansAfter(name: string, manifests: string): Promise<readonly string[]> {
  const addon = addonOf(`${name}-${id}`, manifests);
  expect((await harness.sync([addon])).errors).toEqual([]);
  await sleep(1_000);
  const plans = [];
  for (let again = 0; again < 3; again++) plans.push((await harness.sync([addon])).plan);
  return plans.flatMap(({ actions }) => actions.map(({ reason }) => reason));
}

test('integers beyond 2^53 reach the API server as they stand, and another one of them is drift', async () => {
  const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: topics.${id}.example.com}
spec:
  group: ${id}.example.com
  scope: Namespaced
  names: {kind: Topic, plural: topics}
  versions:
  - name: stable
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec: {type: object, properties: {retentionMs: {type: integer, format: int64, minimum: -1}}}
`;
  const topic = `apiVersion: ${id}.example.com/stable
kind: Topic
metadata: {name: events, namespace: default}
spec: {retentionMs: 9223372036854775807}
`;
  const ref = { apiVersion: `${id}.example.com/stable`, kind: 'Topic', namespace: 'default', name: 'events' };
  expect(await plansAfter('int64', `${definition}---\n${topic}`)).toEqual([]);
  expect((await harness.client.get(ref))?.spec).toEqual({ retentionMs: 9223372036854775807n });
  // one that is the same as a double
  await harness.client.patch(ref, { spec: { retentionMs: 9223372036854775806n } });
  const { plan } = await harness.sync([addonOf(`int64-${id}`, `${definition}---\n${topic}`)]);
  expect(plan.actions.map(({ kind }) => kind)).toEqual(['addon.apply']);
  expect((await harness.client.get(ref))?.spec).toEqual({ retentionMs: 9223372036854775807n });
});

test('nulls, empty texts, a lone dot and a byte order mark are taken as kubectl takes them', async () => {
  const manifests = `\ufeff# of a template
apiVersion: v1
kind: ConfigMap
metadata: {name: ${id}-nulls, namespace: default, labels: null, annotations: {a: null, b: "1"}, creationTimestamp: null}
data: {a: null, b: "1"}
binaryData: null
immutable: ~
---
\ufeffapiVersion: v1
kind: ConfigMap
metadata: {name: ${id}-empty, namespace: "", labels: , generateName: ""}
---
apiVersion: v1
kind: Secret
metadata: {name: ${id}-secret, namespace: default}
stringData: {a: null, b: x}
data: ~
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${id}-dot, namespace: default}
spec:
  replicas: 0
  selector: {matchLabels: {app: ${id}-dot}}
  template:
    metadata: {labels: {app: ${id}-dot}, creationTimestamp: null}
    spec:
      tolerations: null
      containers: [{name: a, image: "example.com/a:1", command: [make, -C, .], resources: {}, env: []}]
status: {}
`;
  expect(await plansAfter('nulls', manifests)).toEqual([]);
});

test('a variable that stands twice, which only a creation takes, is told with what to look for', async () => {
  const manifests = `apiVersion: v1
kind: Pod
metadata: {name: ${id}-twice, namespace: default}
spec: {containers: [{name: a, image: "example.com/a:1", env: [{name: A, value: "1"}, {name: A, value: "2"}]}]}
`;
  const { errors } = await harness.sync([addonOf(`twice-${id}`, manifests)]);
  expect(errors).toMatchObject([
    { code: 'addons.apply-failed', hint: expect.stringContaining('stands twice in a list') },
  ]);
  expect(errors[0]?.message).toContain('[name="A"]');
});

test('the items of a typed list are applied, and each has its kind', async () => {
  const manifests = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleList
metadata: {}
items:
- metadata: {name: ${id}-one, namespace: default}
  rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
- apiVersion: rbac.authorization.k8s.io/v1
  kind: Role
  metadata: {name: ${id}-two, namespace: default}
`;
  expect(await plansAfter('lists', manifests)).toEqual([]);
  const roles = await harness.client.list('rbac.authorization.k8s.io/v1', 'Role', { namespace: 'default' });
  expect(roles.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining([`${id}-one`, `${id}-two`]));
});

test("the rules of an aggregated ClusterRole are the controller manager's: none are set, and none are drift", async () => {
  const manifests = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: ${id}-admin}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {${id}: "true"}}]}
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: ${id}-edit, labels: {${id}: "true"}}
rules: [{apiGroups: [widgets.example.com], resources: [widgets], verbs: [get]}]
`;
  expect(await plansAfter('aggregated', manifests)).toEqual([]);
  const ref = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: `${id}-admin` };
  expect((await harness.client.get(ref))?.rules).toHaveLength(1);
});

test('an anchor that is used often is no bomb', async () => {
  const uses = Array.from(
    { length: 300 },
    (_, index) => `- {name: c${index}, image: "example.com/a:1", resources: *small}`,
  );
  const manifests = `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${id}-many, namespace: default}
spec:
  replicas: 0
  selector: {matchLabels: {app: ${id}}}
  template:
    metadata: {labels: {app: ${id}}}
    spec:
      containers:
      - {name: first, image: "example.com/a:1", resources: &small {limits: {memory: 64Mi, cpu: 1000m}}}
${uses.map((use) => `      ${use}\n`).join('')}`;
  expect(await plansAfter('anchors', manifests)).toEqual([]);
});
