import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { indexFile, objectsIn } from '../../src/addons/file-index.ts';
import { parseManifests } from '../../src/addons/manifests/parse-manifests.ts';

const configMap = (name: string, value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: "${value}"}\n`;
const SECOND = configMap('b', '1');
const file = (first: string, ...rest: readonly string[]): string => [first, SECOND, ...rest].join('---\n');

/** Names of what is read anew where the file said this before. */
function readAnew(before: string, text: string): readonly string[] {
  const names: string[] = [];
  indexFile('a.yaml', text, {
    before: indexFile('a.yaml', before),
    onNew: (object) => names.push(object.metadata.name),
  });
  return names;
}

test('of a file that changed, what is known is as if the file were read whole', () => {
  const before = file(configMap('a', '1'), configMap('c', '1'));
  for (const after of [
    file(configMap('a', '2'), configMap('c', '1')),
    file(`# a comment\n${configMap('a', '1')}`, configMap('c', '1')),
    file('', configMap('c', '1'), '# nothing\n', configMap('d', '1')),
    file(configMap('c', '1'), configMap('a', '1')),
    file(configMap('a', '1'), 'kind: ConfigMap\n'),
    file(configMap('a', '1'), `${configMap('c', '1')}data: {}\n`),
    `{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "j"}}\n---\n${SECOND}`,
    '',
  ]) {
    expect(indexFile('a.yaml', after, { before: indexFile('a.yaml', before) })).toEqual(indexFile('a.yaml', after));
  }
});

test('an object that did not change is not new, wherever it stands and whatever stands around it', () => {
  const before = file(configMap('a', '1'));
  expect(readAnew(before, file(configMap('a', '2')))).toEqual(['a']);
  expect(readAnew(before, file(`# a comment\n${configMap('a', '1')}`))).toEqual([]);
  expect(readAnew(before, file('', configMap('a', '1'), configMap('c', '1')))).toEqual(['c']);
});

test('a warning is told again at each change of the file', () => {
  const twice = `${configMap('a', '1')}data: {}\n`;
  const after = indexFile('a.yaml', file(twice, configMap('c', '1')), { before: indexFile('a.yaml', file(twice)) });
  expect(after.diagnostics).toMatchObject([{ severity: 'warning', line: 5 }]);
});

test('what is known counts for the bound of a file as if it were read', () => {
  const [first, second] = [configMap('a', '1'), configMap('b', '1')];
  const digest = hash('sha256', first, 'base64url');
  const told = (tokens: number) =>
    [...parseManifests('a.yaml', `${first}---\n${second}`, (known) => (known === digest ? tokens : undefined))].map(
      ({ isKnown, diagnostics }) => [isKnown, diagnostics.map(({ message }) => message)],
    );
  expect(told(100)).toEqual([
    [true, []],
    [false, []],
  ]);
  expect(told(3_000_000)).toEqual([
    [true, []],
    [false, ['holds too many values: split it']],
  ]);
});

test('an object is told with its line in the file, also where its document moved', () => {
  const before = indexFile('a.yaml', file(configMap('a', '1')));
  const after = indexFile('a.yaml', `# one\n# more\n${file(configMap('a', '1'))}`, { before });
  expect([...objectsIn(after)].map(({ object, line }) => [object.name, line])).toEqual([
    ['a', 3],
    ['b', 8],
  ]);
});
