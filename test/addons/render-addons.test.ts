import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readObjects, renderAddons } from '../../src/addons/render-addons.ts';
import type { RenderedAddon } from '../../src/addons/rendered-addon.ts';
import type { AddonDefinition } from '../../src/definition/definition.ts';
import type { KubeObject } from '../../src/objects/kube-object.ts';

function addon(files: Record<string, string>, name = 'web'): AddonDefinition {
  return {
    name,
    dependsOn: [],
    prune: true,
    drift: 'correct' as const,
    digest: '',
    files: Object.entries(files).map(([path, text]) => ({ path, text })),
  };
}

/** What is known of an add-on, with the objects that it is known by. */
function render(
  text: string,
  path = 'a.yaml',
): Omit<RenderedAddon, 'objects'> & { readonly objects: readonly KubeObject[] } {
  const web = addon({ [path]: text });
  const { rendered, diagnostics } = renderAddons({ addons: [web] });
  expect(diagnostics).toEqual([]);
  return { ...(rendered[0] as RenderedAddon), objects: [...readObjects(web)] };
}

function diagnose(text: string, path = 'a.yaml'): string[] {
  const { diagnostics } = renderAddons({ addons: [addon({ [path]: text })] });
  return diagnostics.map((d) => `${d.file}:${d.line}:${d.column} ${d.code} ${d.message}`);
}

const CM = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

describe('manifests', () => {
  test('are read from several documents, empty ones skipped, and from lists', () => {
    const list = 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}\n';
    const { objects } = render(`# a comment\n---\n${CM}---\n---\n# nothing\n---\n${list}`);
    expect(objects.map((object) => object.metadata.name)).toEqual(['a', 'b']);
  });

  test('may be JSON, indented by tabs', () => {
    const text = '{\n\t"apiVersion": "v1",\n\t"kind": "ConfigMap",\n\t"metadata": {"name": "a"}\n}\n';
    expect(render(text, 'a.json').objects).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } }]);
  });

  test('mean what they mean to kubectl: octal modes, yes and no, no dates and no base 60', () => {
    const spec = 'spec: {mode: 0644, on: yes, date: 2026-01-01, port: "22:22", ratio: 22:22, tilde: ~}\n';
    expect(render(`apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\n${spec}`).objects[0]?.spec).toEqual({
      mode: 420,
      true: true,
      date: '2026-01-01',
      port: '22:22',
      ratio: '22:22',
      tilde: null,
    });
  });

  test('lose what only an API server may say', () => {
    const metadata =
      'metadata: {name: a, uid: u, resourceVersion: "1", managedFields: [], creationTimestamp: null, labels: {a: b}}';
    expect(render(`apiVersion: v1\nkind: ConfigMap\n${metadata}\nstatus: {phase: x}\n`).objects).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels: { a: 'b' } } },
    ]);
  });

  test('have stringData turned into data, over what stands there', () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {x: b2xk, y1: b2xk}\nstringData: {x: new}\n';
    expect(render(secret).objects[0]).toMatchObject({ data: { x: 'bmV3', y1: 'b2xk' } });
    expect(render(secret).objects[0]).not.toHaveProperty('stringData');
  });

  test('of kinds without a namespace lose one that stands there', () => {
    const role = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a, namespace: x}\n';
    expect(render(role).objects[0]?.metadata).toEqual({ name: 'a' });
  });

  test('give the same digest whatever their order, and another when anything changed', () => {
    const two = (a: string, b: string): string =>
      render(`${CM}data: {k: ${a}}\n---\n${CM.replace('a}', 'b}')}data: {k: ${b}}`).digest;
    const swapped = render(`${CM.replace('a}', 'b}')}data: {k: "2"}\n---\n${CM}data: {k: "1"}`).digest;
    expect(two('"1"', '"2"')).toBe(swapped);
    expect(two('"1"', '"3"')).not.toBe(swapped);
  });
});

describe('a diagnostic', () => {
  test.for([
    ['kind: ConfigMap\nmetadata: {name: a}', 'addons/web/a.yaml:1:1 addons.invalid-manifest no apiVersion'],
    ['apiVersion: v1\nmetadata: {name: a}', 'addons/web/a.yaml:1:1 addons.invalid-manifest no kind'],
    ['apiVersion: v1\nkind: Pod', 'addons/web/a.yaml:1:1 addons.invalid-manifest no metadata.name'],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {generateName: a-}',
      'addons/web/a.yaml:3:26 addons.invalid-manifest generateName',
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: ../x}',
      'addons/web/a.yaml:3:18 addons.invalid-manifest metadata.name is malformed',
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: yes}',
      'addons/web/a.yaml:3:18 addons.invalid-manifest metadata.name is not text; put it in quotes',
    ],
    ['# x\n---\n- a', 'addons/web/a.yaml:3:1 addons.invalid-manifest not a mapping'],
    [`${CM}data: {a: 1}`, 'addons/web/a.yaml:4:11 addons.invalid-manifest data: the value of a is not text'],
    [
      `${CM}---\n${CM}`,
      'addons/web/a.yaml:5:1 addons.duplicate-object ConfigMap a is declared in addons/web/a.yaml:1 already',
    ],
    [`${CM}a: {b: 1, b: 2}`, 'addons/web/a.yaml:4:11 addons.yaml this key stands twice: only the last one counts'],
    [`${CM}a: !!int x`, 'addons/web/a.yaml:4:10 addons.yaml a value that is not what its tag says'],
    [
      '{"apiVersion": "v1",\n"kind": "Pod", "metadata": {"name": "a"},\n"spec": {"a": [1e400]}}',
      'addons/web/a.yaml:3:16 addons.invalid-manifest spec.a.0: a number that is too large',
    ],
    [
      `apiVersion: v1\nkind: List\nitems:\n- ${CM.trimEnd().replaceAll('\n', '\n  ')}\n  data: {a: 1}`,
      'addons/web/a.yaml:7:13 addons.invalid-manifest data: the value of a is not text',
    ],
    ['apiVersion: v1\nkind: List\nitems: {}', 'addons/web/a.yaml:3:8 addons.invalid-manifest not a mapping'],
    [
      `${CM}a: .inf`,
      'addons/web/a.yaml:4:4 addons.yaml a number that JSON does not have; put it in quotes if it is text',
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {v: 1}}',
      'addons/web/a.yaml:3:33 addons.invalid-manifest metadata.labels: the value of v is not text',
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a, annotations: {kubic.suse.com/apply: twice}}',
      'addons/web/a.yaml:3:57 addons.invalid-manifest kubic.suse.com/apply has an unknown value',
    ],
    [
      'apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {applyset.kubernetes.io/part-of: x}}',
      "addons/web/a.yaml:3:62 addons.reserved-field applyset.kubernetes.io/part-of is kubic-init's own",
    ],
    [
      'apiVersion: v1\nkind: Secret\nmetadata: {name: kubic-init-addon-x, namespace: kube-system}',
      "addons/web/a.yaml:3:18 addons.reserved-field the name kubic-init-addon-x is kubic-init's own",
    ],
    [
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization',
      'addons/web/a.yaml:1:13 addons.unsupported-manifest a kustomization',
    ],
    [`${CM}sops: {mac: x}`, 'addons/web/a.yaml:4:7 addons.unsupported-manifest encrypted by SOPS'],
  ] as const)('says where and what: %j', async ([text, expected]) => {
    expect(diagnose(text)).toEqual([expected]);
  });

  test('is given for everything wrong at once, in every file, and never quotes it', () => {
    const found = renderAddons({
      addons: [addon({ 'a.yaml': 'a: hunter2: hunter2', 'b.yaml': 'kind: hunter2!\nmetadata: {name: "/hunter2"}' })],
    }).diagnostics;
    expect(found.map(({ file, code }) => `${file} ${code}`)).toEqual([
      'addons/web/a.yaml addons.yaml',
      'addons/web/b.yaml addons.invalid-manifest',
      'addons/web/b.yaml addons.invalid-manifest',
      'addons/web/b.yaml addons.invalid-manifest',
    ]);
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  test('names both add-ons that declare an object, whatever API version they name it by', () => {
    const ingress = (version: string): string =>
      `apiVersion: apps/${version}\nkind: Thing\nmetadata: {name: a, namespace: default}`;
    const second = addon({ 'x.yaml': ingress('v1beta1').replace(', namespace: default', '') }, 'other');
    const { diagnostics } = renderAddons({ addons: [addon({ 'a.yaml': ingress('v1') }), second] });
    expect(diagnostics.map((d) => `${d.file} ${d.message}`)).toEqual([
      'addons/other/x.yaml Thing a is declared in addons/web/a.yaml:1 already',
    ]);
  });

  test('is all that comes of a bomb of aliases or of nesting', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((c, i) => `${c}: &${c} [${`*${'abcdefgh'[i]},`.repeat(9)}]`),
    ];
    expect(diagnose(bomb.join('\n'))).toHaveLength(1);
    expect(diagnose(`${CM}a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`)).not.toEqual([]);
    expect(diagnose(`${CM}a: ${'['.repeat(300)}${']'.repeat(300)}`)).toHaveLength(1);
  });
});

test('rendering never throws, whatever the files hold', () => {
  const fragment = fc.constantFrom(
    'apiVersion: v1\n',
    'kind: Secret\n',
    'metadata: {name: a}\n',
    '---\n',
    '- ',
    'a: &x\n',
    '*x',
    '{',
    '"',
    '<<: ',
    '\t',
    'kind: List\nitems: [1]\n',
    'data: 3\n',
    '__proto__: {a: 1}\n',
    'stringData: {a: 1}\n',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(fragment, { maxLength: 12 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (content) => {
      const { rendered, diagnostics } = renderAddons({ addons: [addon({ 'a.yaml': content })] });
      for (const object of rendered[0]?.objects ?? []) expect(typeof object.name).toBe('string');
      for (const diagnostic of diagnostics) expect(diagnostic.message).not.toBe('');
    }),
    { numRuns: 500 },
  );
});
