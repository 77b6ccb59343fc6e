import type { AddonState } from '../../../addons/addon-state.ts';
import type { RenderedAddon } from '../../../addons/rendered-addon.ts';
import { formatRef } from '../../../objects/kube-object.ts';
import type { ObjectRef } from '../../../objects/object-ref.ts';
import type { Action, Held, Impact } from '../../actions.ts';
import type { PlanInput, RuleResult } from '../../rule.ts';
import { type Changes, collectDeclared, compareObjects, type Declared, sortLeftovers } from './addon-changes.ts';
import { dependenciesFirst } from './dependencies-first.ts';

/**
 * Add-ons in the order of `dependsOn`: applied where something of them differs, and those that left the repository removed,
 * dependents first. One that depends on an add-on that is neither healthy nor applied earlier in this very plan is held
 * back. Where there is no cluster yet (this plan bootstraps it), every add-on is planned: its CNI has to come with it.
 */
export function addonsRule({
  definition,
  rendered,
  actual,
}: Pick<PlanInput, 'definition' | 'rendered' | 'actual'>): RuleResult {
  const states = new Map(actual.cluster?.addons.map((state) => [state.name, state]));
  const declared = collectDeclared(rendered, definition.cluster.guards.protect, [...states.values()]);
  const ready = new Map<string, string | undefined>();
  const actions: Action[] = [];
  const held: Held[] = [];
  for (const addon of dependenciesFirst(rendered)) {
    const state = states.get(addon.name);
    const proposal = proposeApply(addon, state, declared);
    held.push(...proposal.held);
    const waitsFor = addon.dependsOn
      .map((name) => (ready.has(name) ? ready.get(name) : `${name} is not there`))
      .find(Boolean);
    if (proposal.action && waitsFor !== undefined) held.push(wait(addon.name, waitsFor));
    else if (proposal.action) actions.push(proposal.action);
    ready.set(addon.name, whyNotReady(addon, state, proposal.action, waitsFor));
  }
  const left = [...states.values()].filter((state) => rendered.every(({ name }) => name !== state.name));
  for (const state of dependenciesFirst(left).toReversed()) {
    const removal = proposeRemoval(state, declared);
    actions.push(...removal.actions);
    held.push(...removal.held);
  }
  return { actions, held };
}

function wait(addon: string, reason: string): Held {
  return { code: 'addons.dependency-not-ready', subject: addon, reason: `waits: ${reason}` };
}

/** Undefined where dependents may go on: it is applied in this plan, or it is applied and healthy. */
function whyNotReady(
  addon: RenderedAddon,
  state: AddonState | undefined,
  action: Action | undefined,
  waitsFor: string | undefined,
): string | undefined {
  if (action) return waitsFor === undefined ? undefined : `${addon.name} waits itself`;
  if (state?.appliedDigest !== addon.digest) return `${addon.name} is not applied`;
  if (state.health.status === 'healthy') return undefined;
  return `${addon.name} is not healthy (${state.health.problems[0] ?? state.health.status})`;
}

interface Proposal {
  readonly action?: Action;
  readonly held: readonly Held[];
}

function proposeApply(addon: RenderedAddon, state: AddonState | undefined, declared: Declared): Proposal {
  if (state && !state.readable) return { held: [unreadable(state)] };
  const { prune, held } = state ? sortLeftovers(state, addon.prune, declared) : { prune: [], held: [] };
  const changes = compareObjects(addon, state);
  const apply = [...changes.added, ...changes.changed, ...changes.drifted];
  const all = [...held, ...(state?.fought ?? []).map((ref) => fight(addon.name, ref))];
  if (apply.length === 0 && prune.length === 0 && state?.appliedDigest === addon.digest) return { held: all };
  return {
    held: all,
    action: {
      kind: 'addon.apply',
      scope: 'cluster',
      impact: worst(impactOf(prune), changes.replaced ? 'disruptive' : 'safe'),
      reason: `${addon.name}: ${reasonOf(changes, prune)}`,
      spec: { addon: addon.name, digest: addon.digest, apply, prune },
    },
  };
}

function proposeRemoval(state: AddonState, declared: Declared): { actions: readonly Action[]; held: readonly Held[] } {
  if (!state.readable) return { actions: [], held: [unreadable(state)] };
  const { prune, held } = sortLeftovers(state, state.prune, declared);
  // only what is protected is left: nothing to do until a human decides
  if (prune.length === 0 && held.length > 0 && held.length === state.inventory.length) return { actions: [], held };
  const reason = `${state.name}: left the repository, ${count(prune.length, 'object')} to delete`;
  const spec = { addon: state.name, prune };
  return {
    actions: [{ kind: 'addon.remove', scope: 'cluster', impact: worst(impactOf(prune), 'disruptive'), reason, spec }],
    held,
  };
}

function unreadable(state: AddonState): Held {
  const reason = 'the record of what it owns cannot be read';
  return { code: 'addons.inventory-unreadable', subject: state.name, reason };
}

function fight(addon: string, ref: ObjectRef): Held {
  const reason = `${formatRef(ref)} is changed by someone else each time it is put right`;
  return { code: 'addons.fight', subject: addon, reason };
}

function reasonOf({ added, changed, drifted }: Changes, prune: readonly ObjectRef[]): string {
  const parts = [
    added.length > 0 && `${count(added.length, 'object')} new`,
    changed.length > 0 && `${count(changed.length, 'object')} changed in Git`,
    drifted.length > 0 && `${drifted.length} drifted (${drifted.slice(0, 3).map(formatRef).join(', ')})`,
    prune.length > 0 && `${prune.length} to delete (${prune.slice(0, 3).map(formatRef).join(', ')})`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(', ') : 'its settings changed, or its last apply did not end';
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Deleting these takes along what nobody declared: all of a namespace, all objects of a kind, the data of a volume. */
const TAKES_MORE = ['Namespace', 'CustomResourceDefinition', 'PersistentVolume', 'PersistentVolumeClaim'];

function impactOf(prune: readonly ObjectRef[]): Impact {
  if (prune.some(({ kind }) => TAKES_MORE.includes(kind))) return 'destructive';
  return prune.length > 0 ? 'disruptive' : 'safe';
}

function worst(a: Impact, b: Impact): Impact {
  const order: readonly Impact[] = ['safe', 'disruptive', 'destructive'];
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}
