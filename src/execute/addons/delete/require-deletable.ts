import type { Inside } from '../../../addons/addon-state.ts';
import { definedBy, goesWith, isContainer, type Tie, takesText } from '../../../addons/deletion/cascade.ts';
import { confirmationOf, isConfirmed } from '../../../addons/deletion/confirmation.ts';
import { describeGuarded, describeInside } from '../../../addons/deletion/describe-inside.ts';
import { isOfTheCluster, isProtected } from '../../../addons/deletion/protection.ts';
import { findTakenAlong } from '../../../addons/deletion/taken-along.ts';
import { isKept } from '../../../addons/object-options.ts';
import type { RenderedAddon } from '../../../addons/rendered-addon.ts';
import type { ClusterDefinition } from '../../../definition/definition.ts';
import { KubicError } from '../../../errors/kubic-error.ts';
import type { KubeClient } from '../../../kube/kube-client.ts';
import { formatRef, type KubeObject, refOf } from '../../../objects/kube-object.ts';
import type { ObjectRef } from '../../../objects/object-ref.ts';
import { lookAlong } from '../../../observe/addons/leaving/look-along.ts';
import type { LookOptions } from '../../../observe/addons/leaving/look-inside.ts';
import type { AskDependents } from '../../../observe/addons/leaving/read-dependents.ts';

/** The last question before a deletion is requested, asked of the cluster as it is then. */
export interface DeletionGuard {
  readonly client: KubeClient;
  readonly guards: Pick<ClusterDefinition['guards'], 'protect' | 'confirm'>;
  readonly rendered: readonly RenderedAddon[];
  /** Keys of everything that inventories name, read when it is first needed. */
  readonly recorded: () => Promise<ReadonlySet<string>>;
  /** Keys of what is declared, or is not deleted when it leaves. */
  readonly staying: () => Promise<ReadonlySet<string>>;
  /** API versions that leave in the same go. */
  readonly leavingApis: () => Promise<ReadonlySet<string>>;
  /** What goes with what, in the cluster. */
  readonly dependents: AskDependents;
  readonly signal: AbortSignal;
}

/**
 * Nothing that guards.protect names, and nothing that would take along what is: nor what is on nobody's record, inside of a Namespace or of
 * a kind, or of data that goes with its owner.
 *
 * @throws KubicError addons.protected
 */
export async function requireDeletable(live: KubeObject, guard: DeletionGuard): Promise<void> {
  const { guards } = guard;
  const ref = refOf(live);
  if (isProtected(ref, guards.protect)) throw protectedError(ref, 'it is protected');
  const [recorded, leavingApis] = [await guard.recorded(), await guard.leavingApis()];
  await requireNothingAlong(live, { isRecorded: (key) => recorded.has(key), leavingApis }, guard);
}

/** Nothing of what must not go without a question. @throws KubicError addons.protected */
async function requireNothingAlong(
  live: KubeObject,
  known: Pick<LookOptions, 'isRecorded' | 'leavingApis'>,
  guard: DeletionGuard,
): Promise<void> {
  const { client, dependents, guards, signal } = guard;
  const staying = await guard.staying();
  const options = { ...known, stays: (key: string) => staying.has(key), protect: guards.protect, signal };
  const looked = { ref: refOf(live), uid: live.metadata.uid ?? '', defines: definedBy(live) };
  requireEmpty(looked.ref, await lookAlong(client, looked, { dependents, options }), guard);
}

/**
 * Refuses to delete an object only to make it anew where something would go with it that nothing would bring back: what is declared or is
 * to stay, every claim, whoever has it on record, and everything inside of a Namespace or of a kind. What else was made for an owner goes,
 * and whoever made it makes it again.
 *
 * @throws KubicError addons.protected
 */
export async function requireReplaceable(live: KubeObject, isToStay: boolean, guard: DeletionGuard): Promise<void> {
  const { guards } = guard;
  const ref = refOf(live);
  if (isToStay || isKept(live) || isProtected(ref, guards.protect) || isOfTheCluster(ref)) {
    throw protectedError(ref, 'it would be deleted and made anew, and is to stay', { refused: true });
  }
  const declared = guard.rendered.flatMap(({ objects }) => objects);
  const ties: Tie[] = [
    ...declared.map((object) => ({ ref: object, goesWith: object.goesWith ?? [] })),
    ...goesWith(live).map((other) => ({ ref: other, goesWith: [ref] })),
  ];
  const others = declared.map((object) => ({ ref: object }));
  const [taken] = isContainer(ref) ? [] : findTakenAlong(ref, others, { ties, defines: [] });
  if (taken && !isConfirmed(ref, guards.confirm)) {
    throw protectedError(ref, `${formatRef(taken.ref)} is declared, and would go with it`, confirmable(ref));
  }
  await requireNothingAlong(live, { isRecorded: () => false }, guard);
}

function requireEmpty(ref: ObjectRef, inside: Inside, { guards }: DeletionGuard): void {
  if (inside.protected !== undefined) {
    throw protectedError(ref, describeGuarded(inside.protected, inside.unknown));
  }
  if (isConfirmed(ref, guards.confirm)) return;
  if (inside.unknown !== undefined) throw protectedError(ref, inside.unknown, confirmable(ref));
  const along = describeInside(inside);
  if (along.length === 0) return;
  throw protectedError(
    ref,
    `${takesText(ref) ?? 'what it owns'} would go with it: ${along.join(', ')}`,
    confirmable(ref),
  );
}

function confirmable(ref: ObjectRef): { readonly confirm: string } {
  return { confirm: confirmationOf(ref) };
}

function protectedError(
  ref: ObjectRef,
  why: string,
  facts: Readonly<Record<string, string | boolean>> = {},
): KubicError {
  const digest = typeof facts.confirm === 'string' ? ` (guards.confirm: ${facts.confirm})` : '';
  return new KubicError('addons.protected', { detail: `${formatRef(ref)}: ${why}${digest}`, facts });
}
