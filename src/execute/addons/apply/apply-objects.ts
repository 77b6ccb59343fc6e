import type { Defined } from '../../../addons/deletion/cascade.ts';
import { GATEKEEPER_STAGE, stageOf } from '../../../addons/order.ts';
import type { RenderedAddon } from '../../../addons/rendered-addon.ts';
import { KubicError } from '../../../errors/kubic-error.ts';
import { type KubeObject, refOf } from '../../../objects/kube-object.ts';
import { keyOf } from '../../../objects/object-key.ts';
import { forEachConcurrently } from '../../../platform/for-each.ts';
import { type ObjectFailure, toFailure } from '../object-failure.ts';
import { type AppliedObject, type ApplyTarget, applyObject } from './apply-object.ts';
import { awaitDefinitions } from './await-definitions.ts';

export interface ApplyOutcome {
  /** By key. */
  readonly applied: ReadonlyMap<string, AppliedObject>;
  readonly failures: readonly ObjectFailure[];
}

const CONCURRENCY = 16;

/**
 * Applies objects stage by stage, those of a stage at once. One that fails stops none of the others, save gatekeepers
 * (webhooks, aggregated APIs, policies): they would turn requests away for a service that is not there. One that is there already
 * is changed all the same: the change may be what lets the others through.
 *
 * @throws KubicError where going on makes no sense: the API server does not answer, or the signal aborts
 */
export async function applyObjects(
  objects: readonly KubeObject[],
  target: ApplyTarget & { readonly rendered: readonly RenderedAddon[] },
): Promise<ApplyOutcome> {
  const applied = new Map<string, AppliedObject>();
  const failures: ObjectFailure[] = [];
  const stages = Map.groupBy(objects, (object) => stageOf(refOf(object)));
  for (const [stage, items] of [...stages].toSorted(([a], [b]) => a - b)) {
    const blocked = stage === GATEKEEPER_STAGE && failures.length > 0;
    const [possible, waiting] = blocked ? partition(items, target.isKnown) : [items, []];
    failures.push(...waiting.map((object) => notBegun(object)));
    await forEachConcurrently(possible, CONCURRENCY, async (object) => {
      const ref = refOf(object);
      try {
        applied.set(keyOf(ref), await applyObject(object, target));
      } catch (error) {
        failures.push(toFailure(ref, explainUnknownKind(error, object, target)));
      }
    });
    const definitions = items.filter(
      ({ kind, metadata }) => isDefinition(kind) && !failures.some(({ ref }) => ref.name === metadata.name),
    );
    failures.push(...(await awaitDefinitions(target.client, definitions, target.signal)));
    if (objects.length > CONCURRENCY) target.progress(`${applied.size} of ${objects.length} objects applied`);
  }
  return { applied, failures };
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

function isDefinition(kind: string): boolean {
  return kind === 'CustomResourceDefinition';
}

function notBegun(object: KubeObject): ObjectFailure {
  const detail = 'not applied, because other objects of the add-on failed and it could turn requests away';
  return { ref: refOf(object), error: new KubicError('addons.dependency-not-ready', { detail }) };
}

/** Names the add-on that brings the kind, if one does. */
function explainUnknownKind(
  error: unknown,
  object: KubeObject,
  { addon, rendered }: { readonly addon: string; readonly rendered: readonly RenderedAddon[] },
): unknown {
  if (!(error instanceof KubicError) || error.code !== 'kube.unknown-kind') return error;
  const owner = rendered.find(({ objects }) => objects.some(({ defines }) => isOf(object, defines)));
  if (!owner || owner.name === addon) return error;
  return new KubicError('kube.unknown-kind', {
    detail: `${object.apiVersion} ${object.kind}, which add-on ${owner.name} defines`,
    hint: `Add \`dependsOn: [${owner.name}]\` to the addon.yaml of ${addon}.`,
  });
}

function isOf(object: KubeObject, defined: Defined | undefined): boolean {
  return defined !== undefined && defined.kind === object.kind && object.apiVersion.startsWith(`${defined.group}/`);
}
