import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Document, parseAllDocuments, stringify } from 'yaml';
import type { Definition } from '../../src/definition/definition.ts';
import { type LoadedDefinition, loadDefinition } from '../../src/definition/load-definition.ts';
import { renderInitConfiguration, renderJoinConfiguration } from '../../src/execute/kubeadm/configuration.ts';
import type { Taint } from '../../src/objects/taint.ts';
import { nodeConfigureRule } from '../../src/plan/rules/cluster/node-configure.ts';
import { membershipRule } from '../../src/plan/rules/machine/membership.ts';
import { clusterState, machine, planInput } from '../support/builders.ts';
import { emptySettings, withField } from '../support/empty-values.ts';
import { snapshotOf } from '../support/snapshot-of.ts';
import type { Schema } from '../tools/schema.ts';
import { FULL } from './full-repository.ts';

const SCHEMAS = {
  'cluster.yaml': 'cluster',
  'nodes.yaml': 'node-list',
  'addons/web/addon.yaml': 'addon',
} as const;

type Effect = (definition: Definition) => void;
/** A code that refuses it; that it counts as if the line were not there; or what it does. */
type Row = { readonly refused: string } | 'as if left out' | Effect;

const asIfLeftOut = 'as if left out';
const invalid = { refused: 'definition.invalid-value' };
const missing = { refused: 'definition.missing-field' };
const wrongVersion = { refused: 'definition.wrong-version' };
const wrongKind = { refused: 'definition.wrong-kind' };

/** Empty text and null are refused where no row says otherwise; all else has to have one. */
const ROWS: Readonly<Record<keyof typeof SCHEMAS, Readonly<Record<string, Row>>>> = {
  'cluster.yaml': {
    'apiVersion = ""': wrongVersion,
    'apiVersion = null': wrongVersion,
    'kind = ""': wrongKind,
    'kind = null': wrongKind,
    'metadata = {}': asIfLeftOut,
    'spec = {}': missing,
    'spec.enrolment = {}': asIfLeftOut,
    'spec.enrolment.endpoints = []': invalid,
    'spec.network = {}': missing,
    'spec.components = {}': asIfLeftOut,
    'spec.kubeadm = {}': asIfLeftOut,
    'spec.kubeadm.clusterConfiguration = {}': asIfLeftOut,
    'spec.kubeadm.initConfiguration = {}': asIfLeftOut,
    'spec.kubeadm.joinConfiguration = {}': asIfLeftOut,
    'spec.kubeadm.kubeletConfiguration = {}': asIfLeftOut,
    'spec.kubeadm.kubeProxyConfiguration = {}': asIfLeftOut,
    'spec.upgrade = {}': asIfLeftOut,
    'spec.upgrade.maxUnavailable = 0': invalid,
    'spec.upgrade.window = null': ({ cluster }) => expect(cluster.upgrade.window).toBeNull(),
    'spec.guards = {}': asIfLeftOut,
    'spec.guards.maxRemovals = 0': (definition) => {
      expect(definition.cluster.guards.maxRemovals).toBe('0');
      const membership = { state: 'member', nodeName: 'w-7', role: 'worker' } as const;
      expect(membershipRule(planInput(definition, { machine: machine({ membership }) })).held).toEqual([
        expect.objectContaining({ code: 'admission.removed', subject: 'w-7' }),
      ]);
    },
    // unlike the default, and what no cluster can be without stays protected by itself
    'spec.guards.protect = []': ({ cluster }) => expect(cluster.guards.protect).toEqual([]),
    'spec.guards.confirm = []': asIfLeftOut,
  },
  'nodes.yaml': {
    'apiVersion = ""': wrongVersion,
    'apiVersion = null': wrongVersion,
    'kind = ""': wrongKind,
    'kind = null': wrongKind,
    'accepted = []': { refused: 'definition.seeder-not-accepted' },
    'accepted[] = {}': missing,
    'accepted[].labels = {}': asIfLeftOut,
    'accepted[].labels.* = ""': (definition) => {
      const [, node] = definition.accepted;
      expect(node?.labels).toEqual({ disk: '' });
      expect(registrationOf(definition)).toMatchObject({ kubeletExtraArgs: [{ name: 'node-labels', value: 'disk=' }] });
      expect(changesOf(definition, {})).toMatchObject({
        labels: { disk: '' },
        addTaints: node?.taints,
        removeTaints: [],
      });
      expect(changesOf(definition, { disk: '' }, node?.taints)).toBeUndefined();
    },
    'accepted[].addresses = []': invalid,
    'accepted[].taints = []': (definition) => {
      expect(registrationOf(definition)).toMatchObject({ taints: [] });
      const taint = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' } as const;
      expect(changesOf(definition, { disk: 'ssd' }, [taint])).toMatchObject({ removeTaints: [taint] });
    },
    'accepted[].taints[] = {}': missing,
    'accepted[].taints[].value = ""': (definition) => {
      expect(registrationOf(definition)).toMatchObject({ taints: [{ key: 'gpu', value: '' }] });
      const live = { key: 'gpu', effect: 'NoSchedule' } as const; // the API server leaves an empty value out
      expect(changesOf(definition, { disk: 'ssd' }, [live])).toBeUndefined();
    },
    'rejected = []': asIfLeftOut,
    'rejected[] = {}': missing,
  },
  'addons/web/addon.yaml': {
    'apiVersion = ""': wrongVersion,
    'apiVersion = null': wrongVersion,
    'kind = ""': wrongKind,
    'kind = null': wrongKind,
    'spec = {}': asIfLeftOut,
    'spec.dependsOn = []': asIfLeftOut,
    'spec.prune = false': ({ addons }) => expect(addons.find(({ name }) => name === 'web')?.prune).toBe(false),
  },
};

function load(files: Readonly<Record<string, string>>): LoadedDefinition {
  const others = Object.entries(FULL).map(([file, content]) => [file, stringify(content)] as const);
  const snapshot = snapshotOf({ ...Object.fromEntries(others), ...files });
  return loadDefinition({ ...snapshot, trees: new Map([['addons/web', 'tree']]) });
}

/** What the worker registers with: init and join are told the same. */
function registrationOf(definition: Definition): unknown {
  const [, node] = definition.accepted;
  if (node === undefined) throw new Error('no worker');
  const texts = [
    renderInitConfiguration(definition.cluster, node, false),
    renderJoinConfiguration(definition.cluster, node, '/run/discovery.conf'),
  ];
  const [init, join] = texts.map((text) => (parseAllDocuments(text)[0] as Document).toJS().nodeRegistration as unknown);
  expect(init).toEqual(join);
  return join;
}

/** What would be set on the worker's Node if it had these. */
function changesOf(definition: Definition, labels: Readonly<Record<string, string>>, taints: readonly Taint[] = []) {
  const role = { 'node-role.kubernetes.io/worker': '' };
  const node = {
    name: 'w-1',
    uid: 'u',
    ready: true,
    kubeletVersion: 'v1.36.3',
    labels: { ...role, ...labels },
    taints,
  };
  const actual = { machine: machine(), cluster: clusterState({ nodes: [node] }) };
  return nodeConfigureRule(planInput(definition, actual)).actions[0]?.spec;
}

test('the repository with every setting is valid', () => {
  expect(load({}).diagnostics).toEqual([]);
});

describe.each(Object.entries(SCHEMAS))('%s', (file, kind) => {
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, `../../schemas/${kind}.schema.json`), 'utf8'),
  ) as Schema;
  const settings = emptySettings(schema);
  const rows = ROWS[file as keyof typeof SCHEMAS];

  test('every row is of a setting that the schema has', () => {
    const titles = settings.map(({ title }) => title);
    expect(Object.keys(rows).filter((title) => !titles.includes(title))).toEqual([]);
  });

  const change = (field: string, value?: unknown) => withField(FULL[file] ?? {}, field, value);

  test.each(settings)('$title', ({ field, value, title }) => {
    const row = rows[title] ?? (value === '' || value === null ? invalid : undefined);
    if (row === undefined) throw new Error(`no row says what ${title} does`);
    const { text, line } = change(field, value);
    const loaded = load({ [file]: text });
    // the seeder that an empty list lacks stands in the other file
    if (typeof row === 'object') expectRefusal(loaded, row.refused, title === 'accepted = []' ? {} : { file, line });
    else if (typeof row === 'function') row(definitionOf(loaded));
    else expect(definitionOf(loaded)).toEqual(definitionOf(load({ [file]: change(field).text })));
  });
});

function expectRefusal({ definition, diagnostics }: LoadedDefinition, code: string, place: object): void {
  expect(diagnostics.map((each) => each.code)).toContain(code);
  expect(diagnostics.find((each) => each.code === code)).toMatchObject(place);
  expect(definition).toBeUndefined();
}

function definitionOf({ definition, diagnostics }: LoadedDefinition): Definition {
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (definition === undefined) throw new Error('no definition');
  return definition;
}
