import type { Cascades, Tie } from '../../addons/deletion/cascade.ts';
import { definedBy, goesWith } from '../../addons/deletion/cascade.ts';
import { healthOf } from '../../addons/health/health.ts';
import type { HealthContext } from '../../addons/health/health-rule.ts';
import type { ObjectHealth } from '../../addons/health/object-health.ts';
import type { InventoryEntry } from '../../addons/inventory.ts';
import { isKept } from '../../addons/object-options.ts';
import { isTouched } from '../../addons/owned-fields.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { goingReason } from './going-reason.ts';
import type { UntouchedMemory } from './untouched-memory.ts';

/**
 * What is kept of a live object that a record names: 10,000 whole ones would take hundreds of megabytes. It is looked at while its page
 * of the list is there.
 */
export interface SeenObject {
  readonly uid?: string;
  readonly health: ObjectHealth;
  /** Somebody said in the cluster that it is to stay. */
  readonly isKept?: true;
  /** Why it is still there after its deletion was asked for. */
  readonly going?: string;
  readonly goesWith?: Tie['goesWith'];
  readonly defines?: Cascades['defines'][number];
  /** The object itself, where somebody touched it since its last apply. */
  readonly touched?: KubeObject;
}

export interface SeeingDeps extends Pick<UntouchedMemory, 'isUntouched'> {
  readonly context: HealthContext;
}

/** @param live of its record (see InventoryEntry) */
export function seeObject(
  object: KubeObject,
  { live }: Pick<InventoryEntry, 'live'>,
  { context, isUntouched }: SeeingDeps,
): SeenObject {
  const { uid } = object.metadata;
  const going = goingReason(object);
  const ties = goesWith(object);
  const defines = definedBy(object);
  return {
    ...(uid !== undefined && { uid }),
    health: healthOf(object, context),
    ...(isKept(object) && { isKept: true }),
    ...(going !== undefined && { going }),
    ...(ties.length > 0 && { goesWith: ties }),
    ...(defines && { defines }),
    ...(isTouched(live, object, isUntouched) && { touched: object }),
  };
}
