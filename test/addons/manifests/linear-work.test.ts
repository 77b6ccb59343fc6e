import { beforeAll, expect, test } from 'vitest';
import { readManifests } from '../../../src/addons/manifests/read-manifests.ts';
import { countWork } from '../../support/count-work.ts';

const HEAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n';
const repeat = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('');

const SIZE = 400;

const shapes: Readonly<Record<string, (size: number) => string>> = {
  'keys of a mapping': (size) => `${HEAD}data:\n${repeat(size, (i) => `  k${i}: v\n`)}`,
  'keys in braces': (size) => `${HEAD}data: {${repeat(size, (i) => `k${i}: v, `)}}`,
  'a key that stands again and again': (size) => `${HEAD}data:\n${repeat(size, () => '  k: v\n')}`,
  documents: (size) => repeat(size, (i) => `${HEAD.replace('a}', `a${i}}`)}---\n`),
  separators: (size) => '---\n'.repeat(size),
  'empty lines': (size) => `${HEAD}${'\n'.repeat(size)}`,
  comments: (size) => `${HEAD}data:\n${'  # c\n'.repeat(size)}  a: b\n`,
  'comments of less and less indentation': (size) =>
    `${HEAD}data:\n${repeat(size, (i) => `${' '.repeat(i % 7)}# c\n`)}  a: b\n`,
  anchors: (size) => `${HEAD}x:\n${repeat(size, (i) => `- &a${i} 1\n`)}`,
  'uses of one anchor': (size) => `${HEAD}w: &a 1\nx:\n${'- *a\n'.repeat(size)}`,
  'anchors and their uses': (size) => `${HEAD}x:\n${repeat(size, (i) => `- &a${i} 1\n- *a${i}\n`)}`,
  merges: (size) => `${HEAD}w: &a {b: 1}\nx:\n${'- {<<: *a}\n'.repeat(size)}`,
  'lines of a block': (size) => `${HEAD}data:\n  a: |\n${'    line\n'.repeat(size)}`,
  'lines of a folded block': (size) => `${HEAD}data:\n  a: >\n${'    line\n      more\n'.repeat(size)}`,
  'lines of a plain text': (size) => `${HEAD}data:\n  a: b\n${'    line\n'.repeat(size)}`,
  'lines in quotes': (size) => `${HEAD}data:\n  a: "b\n${'    line\n'.repeat(size)}"\n`,
  escapes: (size) => `${HEAD}data: {a: "${'\\n\\\\'.repeat(size)}"}`,
  'values that are no text': (size) => `${HEAD}data:\n${repeat(size, (i) => `  k${i}: 1\n`)}`,
  'labels that are reserved': (size) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  labels:\n${repeat(size, (i) => `    applyset.kubernetes.io/x${i}: v\n`)}`,
  'items of a list': (size) =>
    `apiVersion: v1\nkind: ConfigMapList\nitems:\n${repeat(size, (i) => `- metadata: {name: a${i}}\n`)}`,
  'items of a list that are wrong': (size) => `apiVersion: v1\nkind: List\nitems:\n${'- 1\n'.repeat(size)}`,
  'lists in lists': (size) => `{"items": [${repeat(size, () => '{"items": []},')}{}]}`,
  'objects of JSON, one after the other': (size) =>
    repeat(size, (i) => `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a${i}"}}\n`),
  'items of JSON that are wrong': (size) => `{"items": [${repeat(size, () => '{"a": 1},')}{}]}`,
  'items of JSON': (size) =>
    `{"apiVersion":"v1","kind":"List","items":[${repeat(size, (i) => `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a${i}"}},\n`)}{}]}`,
  'errors of YAML': (size) => `${HEAD}${']\n'.repeat(size)}`,
  'open brackets': (size) => `${HEAD}a: ${'['.repeat(size)}`,
  'items in brackets': (size) => `${HEAD}a: [${'1, '.repeat(size)}]`,
  indicators: (size) => `${HEAD}a:\n${'- '.repeat(size)}`,
  'question marks': (size) => `${HEAD}a:\n${'  ? b\n'.repeat(size)}`,
  tags: (size) => `${HEAD}x:\n${'- !!str 1\n'.repeat(size)}`,
  'carriage returns': (size) => `${HEAD}data:\r\n${repeat(size, (i) => `  k${i}: v\r\n`)}`,
  spaces: (size) => `${HEAD}data: ${' '.repeat(size)}{a: b${' '.repeat(size)} c}`,
  digits: (size) => `${HEAD}a: 0x${'f'.repeat(size)}\nb: ${'1'.repeat(size)}\nc: ${'_1'.repeat(size)}`,
};

const work = (text: string): Promise<number> =>
  countWork(/\/src\/|\/yaml\/dist\//, () => readManifests('a.yaml', text));

// what is loaded and set up once
beforeAll(async () => {
  for (const shape of Object.values(shapes)) await work(shape(10));
}, 120_000);

test.for(Object.entries(shapes))(
  'reading costs twice as much where there is twice as much of: %s',
  { timeout: 120_000 },
  async ([, shape]) => {
    const [once, twice] = [await work(shape(SIZE)), await work(shape(2 * SIZE))];
    expect(once).toBeGreaterThan(SIZE);
    expect(twice / once).toBeLessThan(2.2);
  },
);
