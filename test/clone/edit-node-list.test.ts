import { expect, test } from 'vitest';
import { acceptInNodeList, addToSpec, renderNodeList } from '../../src/clone/edit-node-list.ts';

const KEY = 'SHA256:x8QzL0mJ3';
const entry = { name: 'w-7', key: KEY, role: 'worker', labels: {}, taints: [] } as const;
const head = 'apiVersion: kubic.suse.com/v1beta1\nkind: NodeList\n';

test.each([
  [
    'entries on a line each',
    `${head}# who is in\naccepted:\n- {name: cp-1, key: "SHA256:a", role: control-plane}   # the first\n\nrejected: []  # nobody\n`,
    `${head}# who is in\naccepted:\n- {name: cp-1, key: "SHA256:a", role: control-plane}   # the first\n- {name: w-7, key: "${KEY}", role: worker}\n\nrejected: []  # nobody\n`,
  ],
  [
    'entries with spaces in their braces, indented',
    `accepted:\n  - { name: cp-1, key: 'SHA256:a' }\n`,
    `accepted:\n  - { name: cp-1, key: 'SHA256:a' }\n  - { name: w-7, key: "${KEY}", role: worker }\n`,
  ],
  [
    'entries over several lines',
    `accepted:\n  - name: cp-1 # first\n    key: SHA256:a # its key\n\n# the end\nrejected: []\n`,
    `accepted:\n  - name: cp-1 # first\n    key: SHA256:a # its key\n  - name: w-7\n    key: "${KEY}"\n    role: worker\n\n# the end\nrejected: []\n`,
  ],
  [
    'an empty list',
    `${head}accepted: []\nrejected: []\n`,
    `${head}accepted:\n- {name: w-7, key: "${KEY}", role: worker}\nrejected: []\n`,
  ],
  ['no list', `${head}`, `${head}accepted:\n- {name: w-7, key: "${KEY}", role: worker}\n`],
  [
    'no end of the last line',
    `accepted:\n- {name: a}`,
    `accepted:\n- {name: a}\n- {name: w-7, key: "${KEY}", role: worker}`,
  ],
  [
    'a list on one line',
    `accepted: [{name: a}]\n`,
    `accepted: [{name: a}, {name: w-7, key: "${KEY}", role: worker}]\n`,
  ],
  [
    'lines that end as on Windows',
    `accepted:\r\n- {name: a}\r\n`,
    `accepted:\r\n- {name: a}\r\n- {name: w-7, key: "${KEY}", role: worker}\r\n`,
  ],
  [
    'the name without a key',
    `accepted:\n- {name: w-7, role: worker} # x\n`,
    `accepted:\n- {name: w-7, key: "${KEY}", role: worker} # x\n`,
  ],
  [
    'the name without a key, over several lines',
    `accepted:\n  - name: w-7 # x\n    role: worker\n`,
    `accepted:\n  - name: w-7 # x\n    key: "${KEY}"\n    role: worker\n`,
  ],
])('a list with %s is extended, and all else stays byte for byte', (_what, before, after) => {
  expect(acceptInNodeList(before, entry)).toBe(after);
});

test('labels and taints go into the entry', () => {
  const more = {
    ...entry,
    labels: { disk: 'ssd', zone: '1' },
    taints: [{ key: 'gpu', effect: 'NoSchedule' as const }],
  };
  expect(acceptInNodeList('accepted:\n- {name: a}\n', more)).toBe(
    `accepted:\n- {name: a}\n- {name: w-7, key: "${KEY}", role: worker, labels: {disk: ssd, zone: "1"}, taints: [{key: gpu, effect: NoSchedule}]}\n`,
  );
});

test.each([
  ['no YAML', 'accepted: [\n'],
  ['a list', '- a\n'],
  ['nothing', ''],
])('a file that holds %s is left to its owner', (_what, text) => {
  expect(() => acceptInNodeList(text, entry)).toThrow(expect.objectContaining({ code: 'admission.list-conflict' }));
});

test.each([
  ['a mapping on one line', '{accepted: [], rejected: []}\n'],
  ['an empty list that another field names again', 'accepted: &none []\nrejected: *none\n'],
  ['a list that is null', 'accepted: ~\nrejected: []\n'],
  ['a list that is another one', 'others: &others [{name: a}]\naccepted: *others\n'],
  ['the name with another key', 'accepted:\n- {name: w-7, key: "SHA256:other"}\n'],
])('a list whose edit would say something else, %s, is left to its owner', (_what, text) => {
  expect(() => acceptInNodeList(text, entry)).toThrow(expect.objectContaining({ code: 'admission.list-conflict' }));
});

test('a file of its own holds one entry', () => {
  expect(renderNodeList(entry)).toBe(`${head}accepted:\n- {name: w-7, key: "${KEY}", role: worker}\n`);
});

test('a field is added to the spec behind another one, with its indentation', () => {
  const text = 'kind: Cluster\nspec:\n    # who begins\n    seeder: cp-1 # yes\n    network: {}\n';
  expect(addToSpec(text, 'clusterCA', 'sha256:0', 'seeder')).toBe(
    'kind: Cluster\nspec:\n    # who begins\n    seeder: cp-1 # yes\n    clusterCA: "sha256:0"\n    network: {}\n',
  );
  expect(addToSpec('spec: {seeder: cp-1}\n', 'clusterCA', 'sha256:0', 'seeder')).toBeUndefined();
  expect(addToSpec('kind: x\n', 'clusterCA', 'sha256:0', 'seeder')).toBeUndefined();
});
