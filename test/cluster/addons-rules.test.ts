import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { applysetId, inventoryRef, PART_OF_LABEL } from '../../src/addons/applyset.ts';
import { addonOf, beginTest, configMap, type Harness, type TestNamespace } from './addons-harness.ts';

let t: TestNamespace;
let ns: string;
let harness: Harness;

beforeEach(async () => {
  t = await beginTest(inject('kubeconfig'));
  ({ ns, harness } = t);
});

afterEach(() => t.end());

describe('definitions and what they define', () => {
  test('come in one add-on, in one sync', async () => {
    const both = addonOf(`${ns}-both`, widget(ns, 'one') + definition(ns));
    expect((await harness.sync([both])).errors).toEqual([]);
    expect((await harness.plan([both])).actions).toEqual([]);
    expect(await t.get('Widget', 'one', `${ns}.example.com/v1`)).toMatchObject({ spec: { size: 1 } });
  });

  test('come in two add-ons, in one sync, when the second depends on the first', async () => {
    const crds = addonOf(`${ns}-z-crds`, definition(ns));
    const uses = addonOf(`${ns}-a-uses`, widget(ns, 'one'), { dependsOn: [crds.name] });
    const { plan, errors } = await harness.sync([uses, crds]);
    expect(errors).toEqual([]);
    expect(plan.actions.map((action) => 'addon' in action.spec && action.spec.addon)).toEqual([crds.name, uses.name]);
  });

  test('without dependsOn fail with the name of the add-on that is missing there', async () => {
    const uses = addonOf(`${ns}-a-uses`, widget(ns, 'one'));
    const crds = addonOf(`${ns}-z-crds`, definition(ns));
    const first = await harness.sync([uses, crds]);
    expect(first.errors.map((error) => [error.code, error.hint])).toEqual([
      ['addons.apply-failed', `Add \`dependsOn: [${crds.name}]\` to the addon.yaml of ${uses.name}.`],
    ]);
    expect((await harness.sync([uses, crds])).errors).toEqual([]);
  });
});

describe('dependsOn', () => {
  test('holds an add-on back while one it depends on is not healthy, and only that one', async () => {
    const base = addonOf(`${ns}-base`, pendingClaim(ns));
    const top = addonOf(`${ns}-top`, configMap(ns, 'top'), { dependsOn: [base.name] });
    await harness.sync([base]);
    const { plan } = await harness.sync([base, top, addonOf(`${ns}-other`, configMap(ns, 'other'))]);
    expect(plan.actions.map((action) => action.reason)).toEqual([`${ns}-other: 1 object new`]);
    expect(plan.held).toEqual([
      {
        code: 'addons.dependency-not-ready',
        subject: top.name,
        reason: `waits: ${base.name} is not healthy (PersistentVolumeClaim ${ns}/claim: is Pending: there is no StorageClass none)`,
      },
    ]);
    expect(await t.get('ConfigMap', 'top')).toBeUndefined();
  });

  test('holds an add-on back in a sync in which the other one fails', async () => {
    const base = addonOf(`${ns}-base`, configMap('no-such-namespace', 'x'));
    const top = addonOf(`${ns}-top`, configMap(ns, 'top'), { dependsOn: [base.name] });
    const { errors } = await harness.sync([base, top]);
    expect(errors.map((error) => error.code)).toEqual(['addons.apply-failed', 'addons.dependency-not-ready']);
    expect(await t.get('ConfigMap', 'top')).toBeUndefined();
  });
});

describe('what is deleted', () => {
  test('is never an object that another set has since taken', async () => {
    const web = addonOf(`${ns}-web`, configMap(ns, 'a') + configMap(ns, 'b'));
    await harness.sync([web]);
    await t.kubectl('label', 'configmap', 'b', '-n', ns, `${PART_OF_LABEL}=applyset-of-another-v1`, '--overwrite');
    await harness.sync([addonOf(web.name, configMap(ns, 'a'))]);
    expect(await t.get('ConfigMap', 'b')).toBeDefined();
    expect((await harness.plan([addonOf(web.name, configMap(ns, 'a'))])).actions).toEqual([]);
  });

  test('is nothing that guards.protect names, nor a namespace that is still used', async () => {
    const space = `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${ns}-space}\n---\n`;
    const web = addonOf(`${ns}-web`, configMap(ns, 'a') + configMap(ns, 'b') + space);
    const inside = addonOf(`${ns}-zinside`, configMap(`${ns}-space`, 'x'));
    await harness.sync([web, inside]);
    const less = addonOf(web.name, configMap(ns, 'a'));
    const { plan } = await harness.sync([less, inside], [`ConfigMap/${ns}/b`]);
    expect(plan.held.map(({ subject, reason }) => `${subject}: ${reason}`)).toEqual([
      `ConfigMap ${ns}/b: it left the repository, but is protected`,
      `Namespace ${ns}-space: it left the repository, but ConfigMap ${ns}-space/x is declared by add-on ${inside.name}, and would go with it`,
    ]);
    expect(await t.get('ConfigMap', 'b')).toBeDefined();
    expect((await harness.plan([less, inside], [`ConfigMap/${ns}/b`])).actions).toEqual([]);

    const freed = await harness.plan([less], [`ConfigMap/${ns}/b`]);
    expect(freed.actions.map(({ kind, impact }) => [kind, impact])).toEqual([
      ['addon.apply', 'destructive'],
      ['addon.remove', 'disruptive'],
    ]);
  });

  test('is nothing with the annotation, nor anything of an add-on with prune: false', async () => {
    const keep = ', annotations: {kubic.suse.com/prune: disabled}';
    const web = addonOf(`${ns}-web`, configMap(ns, 'a') + configMap(ns, 'kept', {}, keep));
    const data = addonOf(`${ns}-data`, configMap(ns, 'data'), { prune: false });
    await harness.sync([web, data]);
    expect((await harness.sync([addonOf(web.name, configMap(ns, 'a'))])).errors).toEqual([]);
    expect((await t.get('ConfigMap', 'kept'))?.metadata.labels).toBeUndefined();
    expect((await t.get('ConfigMap', 'data'))?.metadata.labels).toBeUndefined();
    expect(await harness.client.get(inventoryRef(data.name))).toBeUndefined();
  });

  test('is not what moved to another add-on in the same commit', async () => {
    await harness.sync([addonOf(`${ns}-a`, configMap(ns, 'one') + configMap(ns, 'two'))]);
    const uid = (await t.get('ConfigMap', 'one'))?.metadata.uid;
    const moved = [addonOf(`${ns}-a`, configMap(ns, 'two')), addonOf(`${ns}-b`, configMap(ns, 'one'))];
    expect((await harness.sync(moved)).errors).toEqual([]);
    expect((await harness.sync([addonOf(`${ns}-c`, configMap(ns, 'one') + configMap(ns, 'two'))])).errors).toEqual([]);
    expect((await t.get('ConfigMap', 'one'))?.metadata).toMatchObject({
      uid,
      labels: { [PART_OF_LABEL]: applysetId(`${ns}-c`) },
    });
    expect((await harness.plan([addonOf(`${ns}-c`, configMap(ns, 'one') + configMap(ns, 'two'))])).actions).toEqual([]);
  });
});

describe('an object of someone else', () => {
  test('is adopted where it belongs to no set, and refused where it belongs to one', async () => {
    const foreign = (name: string, labels: Record<string, string>) =>
      harness.client.apply(
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: ns, labels }, data: { a: 'theirs' } },
        { fieldManager: 'other', force: false },
      );
    await foreign('free', {});
    await foreign('taken', { [PART_OF_LABEL]: 'applyset-of-another-v1' });
    const { errors } = await harness.sync([addonOf(`${ns}-web`, configMap(ns, 'free') + configMap(ns, 'taken'))]);
    expect(errors[0]?.message).toContain(`ConfigMap ${ns}/taken: another owner has the object`);
    expect((await t.get('ConfigMap', 'free'))?.data).toEqual({ a: '1' });
    expect((await t.get('ConfigMap', 'taken'))?.data).toEqual({ a: 'theirs' });
  });
});

describe('annotations', () => {
  test('once: is made, then left alone, and made again only when it is gone', async () => {
    const once = (value: string) =>
      addonOf(`${ns}-web`, configMap(ns, 'a', { a: value }, ', annotations: {kubic.suse.com/apply: once}'));
    await harness.sync([once('1')]);
    await t.kubectl('patch', 'configmap', 'a', '-n', ns, '--type=merge', '-p', '{"data":{"a":"theirs"}}');
    expect((await harness.plan([once('1')])).actions).toEqual([]);
    await harness.sync([once('2')]);
    expect((await t.get('ConfigMap', 'a'))?.data).toEqual({ a: 'theirs' });
    await t.kubectl('delete', 'configmap', 'a', '-n', ns);
    await harness.sync([once('2')]);
    expect((await t.get('ConfigMap', 'a'))?.data).toEqual({ a: '2' });
  });

  test('ignore: is not touched', async () => {
    const ignored = addonOf(`${ns}-web`, configMap(ns, 'a', {}, ', annotations: {kubic.suse.com/apply: ignore}'));
    await harness.sync([ignored]);
    expect(await t.get('ConfigMap', 'a')).toBeUndefined();
    expect((await harness.plan([ignored])).actions).toEqual([]);
  });

  test('replace: is made anew where a field cannot change, which without it is an error that says so', async () => {
    const immutable = (value: string, annotation: string) =>
      addonOf(
        `${ns}-web`,
        `${configMap(ns, 'a', { a: value }, annotation).replace('\n---', '\nimmutable: true\n---')}`,
      );
    await harness.sync([immutable('1', '')]);
    const uid = (await t.get('ConfigMap', 'a'))?.metadata.uid;
    const { errors } = await harness.sync([immutable('2', '')]);
    expect(errors[0]).toMatchObject({ code: 'addons.apply-failed', retry: 'next-commit' });
    expect(errors[0]?.hint).toContain('kubic.suse.com/apply: replace');
    const replaced = await harness.sync([immutable('2', ', annotations: {kubic.suse.com/apply: replace}')]);
    expect(replaced.errors).toEqual([]);
    expect(replaced.plan.actions[0]?.impact).toBe('disruptive');
    const live = await t.get('ConfigMap', 'a');
    expect(live?.data).toEqual({ a: '2' });
    expect(live?.metadata.uid).not.toBe(uid);
  });
});

test('a correction that is undone again and again is given up and reported as a fight', async () => {
  const web = addonOf(`${ns}-web`, configMap(ns, 'a') + configMap(ns, 'b'));
  await harness.sync([web]);
  const undo = () => t.kubectl('patch', 'configmap', 'a', '-n', ns, '--type=merge', '-p', '{"data":{"a":"theirs"}}');
  for (let round = 1; round <= 5; round++) {
    await undo();
    expect((await harness.sync([web])).plan.actions).toHaveLength(1);
  }
  await undo();
  const plan = await harness.plan([web]);
  expect(plan.actions).toEqual([]);
  expect(plan.held).toEqual([
    {
      code: 'addons.fight',
      subject: web.name,
      reason: `ConfigMap ${ns}/a: kubectl-patch changed data.a 5 times after it was put right`,
      fields: [{ path: 'data.a', declared: '"1"', live: '(hidden)', by: ['kubectl-patch'] }],
    },
  ]);
  const next = addonOf(web.name, configMap(ns, 'a', { a: '2' }) + configMap(ns, 'b'));
  expect((await harness.sync([next])).plan.actions).toHaveLength(1);
});

test('a thousand objects are applied once, and cost no write when nothing changed', async () => {
  const many = addonOf(`${ns}-many`, Array.from({ length: 1000 }, (_, i) => configMap(ns, `c${i}`)).join(''));
  expect((await harness.sync([many])).errors).toEqual([]);
  expect(harness.takeWrites().length).toBeLessThanOrEqual(1003);
  expect((await harness.sync([many])).plan.actions).toEqual([]);
  expect(harness.takeWrites()).toEqual([]);
  expect(
    await t.kubectl('get', 'configmap', '-n', ns, '-l', `${PART_OF_LABEL}=${applysetId(many.name)}`, '-o', 'name'),
  ).toMatch(/^(configmap\/c\d+\n){1000}$/);
});

test("kubectl's own prune refuses the set", async () => {
  const web = addonOf(`${ns}-web`, configMap(ns, 'a'));
  await harness.sync([web]);
  const { namespace, name } = inventoryRef(web.name);
  const prune = t.kubectlWith(
    { KUBECTL_APPLYSET: 'true' },
    ...['apply', '-n', `${namespace}`, `--applyset=secret/${name}`, '--prune', '-f', '-'],
  );
  await expect(prune).rejects.toThrow(/kubic-init/);
});

function definition(name: string): string {
  return `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.${name}.example.com}
spec:
  group: ${name}.example.com
  scope: Namespaced
  names: {plural: widgets, singular: widget, kind: Widget, listKind: WidgetList}
  versions:
  - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}}
---
`;
}

function widget(namespace: string, name: string): string {
  return `apiVersion: ${namespace}.example.com/v1\nkind: Widget\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {size: 1}\n---\n`;
}

/** Never bound: there is no such storage class. */
function pendingClaim(namespace: string): string {
  return `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: claim, namespace: ${namespace}}
spec: {storageClassName: none, accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;
}
