import { describe, expect, test } from 'vitest';
import { driftModeOf } from '../../../src/addons/drift/drift-mode.ts';
import { indexObject } from '../../../src/addons/indexed-object.ts';
import { readManifests } from '../../../src/addons/manifests/read-manifests.ts';

const object = (mode?: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', ...(mode !== undefined && { annotations: { 'kubic.suse.com/drift': mode } }) },
});

describe('what is done about drift', () => {
  test.for(['correct', 'warn', 'ignore'] as const)(
    'is %s where the object says so, whatever its add-on says',
    (mode) => {
      for (const drift of ['correct', 'warn', 'ignore'] as const) {
        expect(driftModeOf(object(mode), { drift })).toBe(mode);
        expect(driftModeOf(indexObject(object(mode)), { drift })).toBe(mode);
      }
    },
  );

  test('is what its add-on says where the object says nothing that is known', () => {
    expect(driftModeOf(object(), { drift: 'warn' })).toBe('warn');
    expect(driftModeOf(object('loud'), { drift: 'ignore' })).toBe('ignore');
  });
});

test.for([
  ['drift', ['correct', 'warn', 'ignore']],
  ['apply', ['once', 'ignore', 'replace']],
  ['prune', ['disabled', 'enabled']],
] as const)('the annotation %s takes its words, and no others', ([name, words]) => {
  const diagnose = (word: string) =>
    readManifests(
      'a.yaml',
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, annotations: {kubic.suse.com/${name}: "${word}"}}\n`,
    ).diagnostics;
  for (const word of words) expect(diagnose(word)).toEqual([]);
  for (const word of ['', 'loud']) expect(diagnose(word)).toHaveLength(1);
});
