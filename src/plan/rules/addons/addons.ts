import type { AddonState } from '../../../addons/addon-state.ts';
import type { RenderedAddon } from '../../../addons/rendered-addon.ts';
import { collectScopes, placeAddons } from '../../../addons/scopes.ts';
import { keyOf } from '../../../objects/object-key.ts';
import { plainRef } from '../../../objects/object-ref.ts';
import type { Action, Held } from '../../actions.ts';
import { nothing, type PlanInput, type RuleResult } from '../../rule.ts';
import { compareObjects } from './addon-changes.ts';
import { type Leftovers, sortLeftovers } from './addon-leftovers.ts';
import { count, impactOf, reasonOf, refuse, unreadable, worst } from './addon-reasons.ts';
import { describeDeletions } from './deletion-reasons.ts';
import { dependenciesFirst } from './dependencies-first.ts';
import { leave } from './drift-reasons.ts';
import { addonOf, proposeHandovers, proposeRecords, proposeRepair } from './partial-applies.ts';
import { findUnusedConfirmations } from './unused-confirmations.ts';

/**
 * Add-ons in the order of `dependsOn`: applied where something of them differs, and those that left the repository removed,
 * dependents first. One that depends on an add-on that is neither healthy nor applied earlier in this very plan is held
 * back. Where there is no cluster yet (this plan bootstraps it), every add-on is planned: its CNI has to come with it.
 */
export function addonsRule({
  definition,
  rendered: declared,
  actual,
}: Pick<PlanInput, 'definition' | 'rendered' | 'actual'>): RuleResult {
  // a worker is told nothing of what add-ons declare: to whoever acts on that, all of them would seem to have left
  if (declared.length < definition.addons.length) return nothing;
  const { guards } = definition.cluster;
  const all = (actual.cluster?.addons ?? []).map((state) => withKept(state, guards.kept ?? []));
  const states = new Map(all.map((state) => [state.name, state]));
  const entries = all.flatMap(({ inventory }) => inventory);
  const rendered = placeAddons(declared, collectScopes(declared, entries));
  const leftovers = sortLeftovers(rendered, all, guards);
  const ready = new Map<string, string | undefined>();
  const actions: Action[] = [];
  const waiting: { readonly addon: RenderedAddon; readonly waitsFor: string }[] = [];
  const held: Held[] = [];
  for (const addon of dependenciesFirst(rendered)) {
    const state = states.get(addon.name);
    const proposal = proposeApply(addon, state, leftovers.get(addon.name) ?? NOTHING_LEFT, guards.protect);
    held.push(...proposal.held);
    const waitsFor = addon.dependsOn
      .map((name) => (ready.has(name) ? ready.get(name) : `${name} is not there`))
      .find(Boolean);
    const { action } = proposal;
    if (action && waitsFor !== undefined) waiting.push({ addon, waitsFor });
    else if (action) actions.push(action);
    ready.set(addon.name, whyNotReady(addon, state, proposal.action, waitsFor));
  }
  held.push(...waiting.map(({ addon, waitsFor }) => wait(addon.name, waitsFor)));
  const repairs = waiting.flatMap(({ addon }) => proposeRepair(addon, leftovers.get(addon.name)));
  const order = actions.map(addonOf);
  const left = all.filter((state) => rendered.every(({ name }) => name !== state.name));
  for (const state of dependenciesFirst(left).toReversed()) {
    const found = leftovers.get(state.name) ?? NOTHING_LEFT;
    // what another add-on takes in this very plan is let go of after that
    const taken = found.awaited.filter((taker) => order.includes(taker)).length;
    const removal = proposeRemoval(state, { ...found, taken: found.taken + taken });
    if (removal.action) actions.push(removal.action);
    held.push(...removal.held);
  }
  const handovers = proposeHandovers(rendered, leftovers, order);
  const records = proposeRecords(rendered, actual.cluster?.addons ?? [], [...repairs, ...actions]);
  held.push(...findUnusedConfirmations(guards.confirm, rendered, actual.cluster && all));
  return { actions: [...repairs, ...records, ...actions, ...handovers], held };
}

/** What the head before said is to stay, where it could not be recorded then. */
function withKept(state: AddonState, kept: readonly string[]): AddonState {
  if (kept.length === 0) return state;
  const keys = new Set(kept);
  const inventory = state.inventory.map((entry) => (keys.has(keyOf(entry)) ? { ...entry, kept: true } : entry));
  return { ...state, inventory };
}

const NOTHING_LEFT: Leftovers = { prune: [], held: [], release: [], taken: 0, awaited: [] };

function wait(addon: string, reason: string): Held {
  return { code: 'addons.dependency-not-ready', subject: addon, reason: `waits: ${reason}` };
}

/** Why dependents of an add-on have to wait; undefined where it is applied in this plan, or is applied and healthy. */
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

function proposeApply(
  addon: RenderedAddon,
  state: AddonState | undefined,
  { prune, held, release, taken }: Leftovers,
  protect: readonly string[],
): Proposal {
  if (state && !state.readable) return { held: [unreadable(state)] };
  const changes = compareObjects(addon, state, protect);
  const apply = [...changes.added, ...changes.changed, ...changes.drifted.map(plainRef)];
  const all = [...held, ...changes.refused.map(refuse), ...changes.left.map((left) => leave(addon.name, left))];
  const released = release.length + taken;
  const isApplied = state?.appliedDigest === addon.digest || changes.refused.length > 0;
  if (apply.length === 0 && prune.length === 0 && released === 0 && isApplied) return { held: all };
  return {
    held: all,
    action: {
      kind: 'addon.apply',
      scope: 'cluster',
      impact: worst(impactOf(prune), impactOf(changes.replaced)),
      reason: `${addon.name}: ${reasonOf(changes, { prune, insides: state?.insides, released })}`,
      spec: { addon: addon.name, digest: addon.digest, apply, prune, ...(release.length > 0 && { release }) },
    },
  };
}

function proposeRemoval(state: AddonState, { prune, held, release, taken }: Leftovers): Proposal {
  const released = release.length + taken;
  if (!state.readable) return { held: [unreadable(state)] };
  // nothing to do until a human decides, another add-on takes what moved to it, or what was deleted is gone
  if (prune.length === 0 && released === 0 && state.inventory.length > 0) return { held };
  const doomed = prune.length > 0 ? ` (${describeDeletions(prune, state.insides)})` : '';
  const stay = released > 0 ? `, ${released} to let go of` : '';
  const reason = `${state.name}: left the repository, ${count(prune.length, 'object')} to delete${doomed}${stay}`;
  const spec = { addon: state.name, prune, ...(release.length > 0 && { release }) };
  const impact = worst(impactOf(prune), 'disruptive');
  return { action: { kind: 'addon.remove', scope: 'cluster', impact, reason, spec }, held };
}
