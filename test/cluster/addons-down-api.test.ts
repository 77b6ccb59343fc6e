import { afterEach, describe, expect, test } from 'vitest';
import { inventoryRef } from '../../src/addons/applyset.ts';
import { decodeInventory, encodeInventory } from '../../src/addons/inventory.ts';
import { addonOf, configMap, type TestNamespace } from './addons-harness.ts';
import { onServerOfItsOwn } from './own-server.ts';

// an API server of its own: while an aggregated API is down, no namespace of anybody's can be emptied
let t: TestNamespace;
onServerOfItsOwn((begun) => {
  t = begun;
});
// before the namespace ends: what is declared last is done first
afterEach(async () => {
  const left = ['v1beta1.metrics.k8s.io', `v1.${t.ns}.example.com`];
  await t.kubectl('delete', 'apiservice', '--ignore-not-found', ...left);
});

const space = (name: string): string =>
  `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}}\n---\n${configMap(name, 'inside')}`;

/** An API whose server is not there: no pod runs here. */
const downApi = (version: string, group: string, more = ''): string => `apiVersion: v1
kind: Service
metadata: {name: down, namespace: ${t.ns}}
spec: {ports: [{port: 443}], selector: {app: down}}
---
apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: {name: ${version}.${group}${more}}
spec:
  group: ${group}
  version: ${version}
  insecureSkipTLSVerify: true
  groupPriorityMinimum: 100
  versionPriority: 100
  service: {name: down, namespace: ${t.ns}}
---
`;

describe('an aggregated API that is down', () => {
  test('holds no Namespace back where it leaves in the same commit, whichever add-on has it', async () => {
    const api = addonOf(`${t.ns}-api`, downApi('v1', `${t.ns}.example.com`) + space(`${t.ns}-own`));
    const other = addonOf(`${t.ns}-other`, space(`${t.ns}-other`), { dependsOn: [api.name] });
    await t.harness.sync([api, other]);
    const plan = await t.harness.plan([]);
    expect(plan.held).toEqual([]);
    expect((await t.harness.sync([other])).errors).toEqual([]);
    const { plan: last, errors } = await t.harness.sync([]);
    expect([last.held, errors]).toEqual([[], []]);
    for (const name of ['own', 'other']) expect(await t.get('Namespace', `${t.ns}-${name}`)).toBeUndefined();
  });

  test('keeps what it has on record while it answers 503, and stops the deletion of nothing else', async () => {
    const group = `${t.ns}.example.com`;
    const api = addonOf(`${t.ns}-api`, downApi('v1', group));
    const web = addonOf(`${t.ns}-web`, configMap(t.ns, 'a') + configMap(t.ns, 'b'));
    await t.harness.sync([api, web]);
    const answer = await t.kubectl('get', '--raw', `/apis/${group}/v1`).catch(({ stderr }) => String(stderr));
    expect(answer).toContain('ServiceUnavailable');
    const secret = await t.harness.client.get(inventoryRef(web.name));
    if (!secret) throw new Error('no inventory');
    const inventory = decodeInventory(secret);
    const away = { apiVersion: `${group}/v1`, kind: 'Gauge', namespace: t.ns, name: 'g' };
    const entries = [...inventory.entries, { ...away, rendered: 'r', live: 'l' }];
    await t.harness.client.replace(await encodeInventory({ ...inventory, entries }, secret));

    const { errors } = await t.harness.sync([api]);
    expect(errors).toMatchObject([{ code: 'addons.remove-failed', retry: 'soon' }]);
    expect(errors[0]?.message).toContain(`${web.name}: Gauge ${t.ns}/g`);
    for (const name of ['a', 'b']) expect(await t.get('ConfigMap', name)).toBeUndefined();
    const left = await t.harness.client.get(inventoryRef(web.name));
    expect(left && decodeInventory(left).entries).toMatchObject([away]);
    expect((await t.harness.plan([api])).actions).toMatchObject([{ kind: 'addon.remove' }]);

    await t.harness.sync([]); // the API leaves, and nobody could have its kind any more
    await expect.poll(async () => (await t.harness.sync([])).errors, { timeout: 30_000 }).toEqual([]);
    expect(await t.harness.client.get(inventoryRef(web.name))).toBeUndefined();
  });

  test('holds a Namespace back where it stays: what it has in there is not known', async () => {
    const api = addonOf(`${t.ns}-api`, downApi('v1', `${t.ns}.example.com`));
    const other = addonOf(`${t.ns}-other`, space(`${t.ns}-other`));
    await t.harness.sync([api, other]);
    expect((await t.harness.plan([api])).held).toMatchObject([
      {
        code: 'addons.protected',
        subject: `Namespace ${t.ns}-other`,
        reason: expect.stringContaining('cannot be read'),
      },
    ]);
  });

  test('holds a Namespace back where it leaves Git and is to stay', async () => {
    const kept = ', annotations: {kubic.suse.com/prune: disabled}';
    const api = addonOf(`${t.ns}-api`, downApi('v1', `${t.ns}.example.com`, kept));
    const other = addonOf(`${t.ns}-other`, space(`${t.ns}-other`));
    await t.harness.sync([api, other]);
    expect((await t.harness.plan([])).held).toMatchObject([{ subject: `Namespace ${t.ns}-other` }]);
  });

  test('holds none back where it only measures: nothing can be stored in it', async () => {
    const api = addonOf(`${t.ns}-api`, downApi('v1beta1', 'metrics.k8s.io'));
    const other = addonOf(`${t.ns}-other`, space(`${t.ns}-other`));
    await t.harness.sync([api, other]);
    const plan = await t.harness.plan([api]);
    expect(plan.held).toEqual([]);
    expect(plan.actions).toMatchObject([{ kind: 'addon.remove', spec: { addon: other.name } }]);
  });
});
