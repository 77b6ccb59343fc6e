import { describe, expect, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import type { Definition } from '../../../src/definition/definition.ts';
import { loadDefinition } from '../../../src/definition/load-definition.ts';
import {
  RESUME_IGNORES,
  renderInitConfiguration,
  renderJoinConfiguration,
} from '../../../src/execute/kubeadm/configuration.ts';
import type { JsonObject } from '../../../src/json/json.ts';
import { clusterWith, KEY_A } from '../../definition/repository-files.ts';
import { snapshotOf } from '../../support/snapshot-of.ts';

const SECTIONS = [
  'clusterConfiguration',
  'initConfiguration',
  'joinConfiguration',
  'kubeletConfiguration',
  'kubeProxyConfiguration',
];
const EMPTY = [{}, [], '', 0, false, null];
const taints = '[{key: gpu, effect: NoSchedule}]';
const NODES = `apiVersion: kubic.suse.com/v1beta1
kind: NodeList
accepted:
- {name: cp-1, role: control-plane, labels: {disk: ssd}, taints: ${taints}}
- {name: w-1, key: "${KEY_A}", labels: {disk: ssd}, taints: ${taints}}
`;

function load(kubeadm: object): Definition | undefined {
  const section = stringify({ kubeadm }).replaceAll(/^/gm, '  ');
  return loadDefinition(snapshotOf({ 'cluster.yaml': clusterWith(section), 'nodes.yaml': NODES })).definition;
}

/** What kubeadm is given, by the names of the sections. */
function render({ cluster, accepted: [seeder, worker] }: Definition, resume = false): JsonObject {
  if (seeder === undefined || worker === undefined) throw new Error('no nodes');
  const texts = [
    renderInitConfiguration(cluster, seeder, resume),
    renderJoinConfiguration(cluster, worker, '/run/discovery.conf'),
  ];
  const documents = texts.flatMap((text) => parseAllDocuments(text)).map((document) => document.toJS() as JsonObject);
  return Object.fromEntries(documents.map((each) => [String(each.kind).replace(/^K?./, (a) => a.toLowerCase()), each]));
}

function pathsOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => [[key], ...pathsOf(child).map((path) => [key, ...path])]);
}

function override(path: readonly string[], value: unknown): object {
  return path.reduceRight<unknown>((below, key) => ({ [key]: below }), value) as object;
}

const base = load({});
if (base === undefined) throw new Error('the repository is not valid');
const ours = render(base);
const cases = (paths: readonly (readonly string[])[]) =>
  paths.flatMap((path) =>
    EMPTY.map((value) => ({ path, value, title: `${path.join('.')}: ${JSON.stringify(value)}` })),
  );

test('every section is rendered', () => {
  expect(new Set(Object.keys(ours))).toEqual(new Set(SECTIONS));
});

/** Where kubic-init's own entries and fields are merged with the user's, so that there may be none of the user's; all else is refused. */
const MERGED = [
  'clusterConfiguration.apiServer: {}',
  'clusterConfiguration.apiServer.extraArgs: []',
  'clusterConfiguration.apiServer.extraVolumes: []',
  'initConfiguration.nodeRegistration: {}',
  'initConfiguration.nodeRegistration.kubeletExtraArgs: []',
  'joinConfiguration.nodeRegistration: {}',
  'joinConfiguration.nodeRegistration.kubeletExtraArgs: []',
];

describe('what kubic-init writes stays, or the empty value in its place is refused', () => {
  test.each(cases(pathsOf(ours).filter(({ length }) => length > 1)))('$title', ({ path, value, title }) => {
    const definition = load(override(path, value));
    expect(definition && render(definition)).toEqual(MERGED.includes(title) ? ours : undefined);
  });
});

describe('what kubic-init does not write goes to kubeadm as it stands, also where it is empty', () => {
  test.each(cases(SECTIONS.map((section) => [section, 'other'])))('$title', ({ path: [section = ''], value }) => {
    const definition = load({ [section]: { other: value } });
    expect(definition && render(definition)).toEqual({
      ...ours,
      [section]: { ...(ours[section] as object), other: value },
    });
  });
});

describe('a resumed init', () => {
  test.each([
    [{ nodeRegistration: { ignorePreflightErrors: [] } }, 6443],
    [{ nodeRegistration: { ignorePreflightErrors: null } }, 6443],
    [{ localAPIEndpoint: {} }, 6443],
    [{ localAPIEndpoint: null }, 6443],
    [{ localAPIEndpoint: { bindPort: 0 } }, 6443],
    [{ localAPIEndpoint: { bindPort: null } }, 6443],
    [{ localAPIEndpoint: { bindPort: 7443 } }, 7443],
  ])('with %j ignores what it left itself, at port %i', (initConfiguration, port) => {
    const definition = load({ initConfiguration });
    expect(definition && render(definition, true).initConfiguration).toMatchObject({
      nodeRegistration: { ignorePreflightErrors: [...RESUME_IGNORES, `Port-${port}`] },
    });
  });

  test.each(['', {}])('leaves it to kubeadm to refuse %j in place of a list', (ignorePreflightErrors) => {
    const definition = load({ initConfiguration: { nodeRegistration: { ignorePreflightErrors } } });
    expect(definition && render(definition, true)).toMatchObject({
      initConfiguration: { nodeRegistration: { ignorePreflightErrors } },
    });
  });
});
