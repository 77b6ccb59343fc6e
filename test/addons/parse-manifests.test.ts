import { expect, test } from 'vitest';
import { parseManifests } from '../../src/addons/parse-manifests.ts';

function read(values: number) {
  const text = `v: [${'1,'.repeat(values)}1]`;
  const { manifests, diagnostics } = parseManifests('addons/web/web.yaml', { text } as never);
  return { manifests: manifests.length, problems: diagnostics.map(({ message }) => message) };
}

test('a manifest whose values would fill the memory is refused before it is parsed', () => {
  expect(read(1_000)).toEqual({ manifests: 1, problems: [] });
  expect(read(400_000)).toEqual({ manifests: 0, problems: ['holds too many values: split it'] });
});
