import type { AddonState } from '../../../../src/addons/addon-state.ts';
import type { Drifted } from '../../../../src/addons/drift/assess-drift.ts';
import { indexObject } from '../../../../src/addons/indexed-object.ts';
import type { RenderedAddon } from '../../../../src/addons/rendered-addon.ts';
import { digestOf } from '../../../../src/json/canonical.ts';
import { type KubeObject, refOf } from '../../../../src/objects/kube-object.ts';
import { plainRef } from '../../../../src/objects/object-ref.ts';
import type { RuleResult } from '../../../../src/plan/rule.ts';
import { addonsRule } from '../../../../src/plan/rules/addons/addons.ts';

export function configMap(name: string, value = '1', more: Partial<KubeObject['metadata']> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop', ...more }, data: { a: value } };
}

export function addon(
  name: string,
  objects: readonly KubeObject[] = [],
  dependsOn: readonly string[] = [],
): RenderedAddon {
  const indexed = objects.map(indexObject);
  return { name, dependsOn, prune: true, drift: 'correct', digest: digestOf({ objects, dependsOn }), objects: indexed };
}

/** What the cluster holds once an add-on was applied. */
export function applied(
  { name, digest, dependsOn, prune, objects }: RenderedAddon,
  more: Partial<AddonState> = {},
): AddonState {
  const inventory = objects.map((object) => ({ ...plainRef(object), rendered: object.digest, live: 'l' }));
  const health = { status: 'healthy', problems: [] } as const;
  return {
    name,
    readable: true,
    appliedDigest: digest,
    dependsOn,
    prune,
    inventory,
    drifted: [],
    health,
    ...more,
  };
}

export const FIELD = { path: 'data.a', declared: '"1"', live: '"2"', by: ['kubectl-edit'] };

export function changed(name: string, more: Partial<Drifted> = {}): Drifted {
  return { ...refOf(configMap(name)), how: 'changed', fields: [FIELD], ...more };
}

export function plan(
  rendered: readonly RenderedAddon[],
  states?: readonly AddonState[],
  protect: readonly string[] = [],
  more: { readonly confirm?: readonly string[]; readonly kept?: readonly string[] } = {},
): RuleResult {
  const cluster = states && { nodes: [], access: { apply: [], remove: [] }, addons: states };
  const input = {
    definition: { addons: rendered, cluster: { guards: { protect, confirm: [], ...more } } },
    rendered,
    actual: { ...(cluster && { cluster }) },
  };
  return addonsRule(input as unknown as Parameters<typeof addonsRule>[0]);
}

export const kinds = ({ actions }: RuleResult): string[] =>
  actions.map(({ kind, spec }) => `${kind} ${'addon' in spec ? spec.addon : ''}`);
