import { expect, test } from 'vitest';
import { type ManifestObject, readManifests } from '../../../src/addons/manifests/read-manifests.ts';
import { loadDefinition } from '../../../src/definition/load-definition.ts';
import { canonicalJson } from '../../../src/json/canonical.ts';
import { parseJson, toJson } from '../../../src/json/json-text.ts';
import { uncommitted } from '../../../src/source/snapshot.ts';
import { readAsKubectl } from '../kubectl/reader.ts';

const CM = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';

function declaredIn(text: string, path = 'a.yaml'): readonly ManifestObject[] {
  return readManifests(path, text).documents.flatMap(({ declared = [] }) => declared);
}

function problemsOf(text: string): readonly string[] {
  return readManifests('a.yaml', text).diagnostics.map(
    ({ line, column, severity, message }) => `${line}:${column} ${severity} ${message}`,
  );
}

test('a key that stands twice is a warning: the last one counts, as for kubectl', () => {
  const text = `${CM}data:\n  k: "1"\n  k: "2"\n`;
  const { diagnostics } = readManifests('a.yaml', text);
  expect(diagnostics.map(({ severity, line, column }) => [severity, line, column])).toEqual([['warning', 6, 3]]);
  expect(declaredIn(text)[0]?.object.data).toEqual({ k: '2' });
});

test('the key __proto__ is one like any other, also where it stands twice or comes by a merge', () => {
  const dataOf = (text: string): readonly (readonly [string, unknown])[] =>
    Object.entries((declaredIn(`${CM}${text}`)[0]?.object.data ?? {}) as Record<string, unknown>);
  expect(dataOf('data: {__proto__: a, __proto__: b, c: d}\n')).toEqual([
    ['__proto__', 'b'],
    ['c', 'd'],
  ]);
  expect(dataOf('data: {<<: {__proto__: a}, __proto__: b}\n')).toEqual([['__proto__', 'b']]);
});

test('256 levels are read, on the first line and on others, and one more is refused with its place', () => {
  for (const [above, line] of [
    ['', 1],
    ['# a comment\n', 2],
    [`${CM}---\n`, 5],
  ] as const)
    for (const [open, close] of [
      ['- ', ''],
      ['[', ']'],
    ] as const) {
      const nested = (depth: number): string => `${above}${open.repeat(depth)}a${close.repeat(depth)}\n`;
      expect(problemsOf(nested(256))).toEqual([`${line}:1 error not a mapping`]);
      const column = 256 * open.length + 1;
      expect(problemsOf(nested(257))).toEqual([`${line}:${column} error nested more than 256 levels deep`]);
    }
});

test('a file is not refused for many warnings, and not read on for many errors', () => {
  const twice = Array.from({ length: 300 }, (_, index) => `${CM.replace('a}', `a${index}}`)}data: {k: a, k: b}\n`).join(
    '---\n',
  );
  expect(declaredIn(twice)).toHaveLength(300);
  expect(problemsOf(twice)).toHaveLength(200);
  const wrong = 'a: 1\n---\n'.repeat(1_000);
  expect(problemsOf(wrong).at(-1)).toMatch(/error what follows in this file was not read$/);
  expect(problemsOf(wrong).length).toBeLessThan(210);
});

test('a place is told in the whole file, whatever documents, marks and ends of lines come before it', () => {
  const text = `\ufeff${CM}---\r\n# c\r\n---\r\n\r\n${CM.replaceAll('\n', '\r\n')}data:\r\n  a: 1\r\n`;
  expect(problemsOf(text)).toEqual(['12:6 error data: the value of a is not text']);
  expect(problemsOf(`{"apiVersion": "v1"}\n{"kind": "List",\n "items": [{}]}\n`)[0]).toBe('1:1 error no kind');
  const json = '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}\n';
  expect(declaredIn(json + json.replace('"a"', '"b"')).map(({ line }) => line)).toEqual([1, 2]);
  expect(problemsOf(`${CM.replace('name: a', 'name: a, namespace: A')}`)).toEqual([
    '3:32 error metadata.namespace is malformed',
  ]);
  expect(problemsOf(`${CM}--- {a: b}\n`)).toEqual(['4:1 error only a comment may stand behind `---`']);
  expect(problemsOf(`${CM}data: {a: "b}\n`)).toHaveLength(2);
  expect(problemsOf(`${CM}data: {a: "\u0007"}\n`)).toEqual(['4:12 error a control character']);
});

test('an annotation of ours that there is not, or that stands among the labels, is an error: it would protect nothing', () => {
  const told = (field: string, key: string): readonly (readonly string[])[] =>
    readManifests('a.yaml', CM.replace('name: a', `name: a, ${field}: {${key}: disabled}`)).diagnostics.map(
      ({ message, remedy }) => [message, remedy],
    );
  expect(told('annotations', 'kubic.suse.com/prune')).toEqual([]);
  expect(told('annotations', 'example.com/prune')).toEqual([]);
  expect(told('labels', 'kubic-suse.com/prune')).toEqual([]);
  expect(told('annotations', 'kubic.suse.com/Prune')).toEqual([
    ['kubic.suse.com/Prune is no annotation of kubic-init', 'Did you mean kubic.suse.com/prune?'],
  ]);
  expect(told('annotations', 'kubic.suse.com/keep')[0]?.[1]).toMatch(/^(Known are kubic|Did you mean)/);
  expect(told('labels', 'kubic.suse.com/prune')).toEqual([
    ['kubic.suse.com/prune is no label of kubic-init', 'It counts among the annotations only.'],
  ]);
});

test('the items of a typed list get its kind, those of a plain List are asked for one', () => {
  const list = (kind: string, items: string): string => `apiVersion: v1\nkind: ${kind}\nitems:\n${items}`;
  const declared = declaredIn(list('ConfigMapList', '- metadata: {name: a}\n- {metadata: {name: b}}\n'));
  expect(declared.map(({ object }) => object)).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } },
  ]);
  expect(declared.map(({ line }) => line)).toEqual([4, 5]);
  expect(problemsOf(list('List', '- metadata: {name: a}\n'))).toEqual(['4:3 error kind is malformed']);
  expect(problemsOf(list('List', '- {kind: Pod, metadata: {name: a}}\n'))).toEqual(['4:3 error no apiVersion']);
  expect(problemsOf('apiVersion: v1\nkind: PodList\nitems: null\n')).toEqual([]);
  const nested = list('List', `- {items: [{items: [${JSON.stringify(declared[0]?.object)}]}]}`);
  expect(declaredIn(nested)).toHaveLength(1);
});

test('the rules of an aggregated ClusterRole are left to the control plane, those of others are not', () => {
  const role = (more: string): string =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: a}\nrules: []\n${more}`;
  const rulesOf = (text: string): unknown => declaredIn(text)[0]?.object.rules;
  expect(rulesOf(role('aggregationRule: {clusterRoleSelectors: []}'))).toBeUndefined();
  expect(rulesOf(role('aggregationRule: null'))).toEqual([]);
  expect(rulesOf(role(''))).toEqual([]);
  expect(rulesOf(role('aggregationRule: {}').replace('rbac.authorization.k8s.io', 'example.com'))).toEqual([]);
});

test('a 64-bit integer goes to JSON and comes back as it is, also in a digest', () => {
  const text = '{"a":9223372036854775807,"b":[-9223372036854775808],"c":1,"d":1.5,"e":"1: 12345678901234567890"}';
  const value = parseJson(text);
  expect(value).toMatchObject({ a: 9223372036854775807n, b: [-9223372036854775808n], c: 1 });
  expect(toJson(value)).toBe(text);
  expect(canonicalJson(value)).toBe(text);
  expect(canonicalJson(parseJson('{"a":9223372036854775806}'))).not.toBe(
    canonicalJson(parseJson('{"a":9223372036854775807}')),
  );
  expect(parseJson(`{"a":${'9'.repeat(400)}}`)).toEqual({ a: Number.POSITIVE_INFINITY });
});

test('a file of many documents may be large; one that would fill the memory is refused with its place', {
  timeout: 120_000,
}, () => {
  const documents = Array.from(
    { length: 10 },
    (_, index) => `${CM.replace('a}', `a${index}}`)}data:\n${'  # what it says\n'.repeat(30_000)}`,
  );
  const file = documents.join('---\n');
  expect(file.length).toBeGreaterThan(4.4 * 1024 * 1024);
  expect(declaredIn(file)).toHaveLength(10);
  expect(problemsOf(file)).toEqual([]);
  expect(problemsOf(`${CM}---\na: [${'1,'.repeat(400_000)}]`)).toEqual([
    expect.stringMatching(/^5:[0-9]+ error holds too many values: split it$/),
  ]);
});

test('what would take the memory of whoever reads it is refused with its place', () => {
  const aliases = `${CM}data:\n  k: &a "${'x'.repeat(1024 * 1024)}"\n${Array.from({ length: 20 }, (_, at) => `  k${at}: *a\n`).join('')}`;
  expect(problemsOf(aliases)).toEqual([
    expect.stringMatching(/^5:9 error aliases that grow too large when they are expanded$/),
  ]);
  const lists = `${'{"items":['.repeat(8_000)}${']}'.repeat(8_000)}`;
  expect(problemsOf(lists)).toEqual(['1:1 error not a mapping']);
});

test('UTF-16 with a byte order mark is read, as kubectl reads it', async () => {
  const text = `\ufeff${CM}data: {a: "ü😀"}\n`;
  const little = Buffer.from(text, 'utf16le');
  const big = Buffer.from(little).swap16();
  for (const content of [little, big]) {
    const path = 'addons/web/a.yaml';
    const { addons } = loadDefinition(uncommitted(new Map([[path, { type: 'file', oid: '', content }]])));
    const declared = declaredIn(addons[0]?.files[0]?.text ?? '', path);
    const theirs = await readAsKubectl([content]);
    expect(declared.map(({ object }) => toJson(object))).toEqual(
      theirs[0]?.map((json) => toJson(sorted(JSON.parse(json)))),
    );
  }
});

/** Go writes keys in order, we in that of the file. */
function sorted({ apiVersion, kind, metadata, data }: Readonly<Record<string, unknown>>): unknown {
  return { apiVersion, kind, metadata, data };
}
