import { at } from '../../json/at.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { HealthTable } from './health-rule.ts';
import { failed, healthy, isTrue, messageOf, type ObjectHealth, progressing, resting } from './object-health.ts';

export const BATCH_HEALTH: HealthTable = { 'batch/Job': jobHealth, 'batch/CronJob': cronJobHealth };

/** A Job that runs is as it should be, as for kstatus: how long it takes is its own affair. One that failed is not. */
function jobHealth(object: KubeObject): ObjectHealth {
  // the target is set first, while pods still end; nothing turns it back
  const failure = ['Failed', 'FailureTarget'].find((type) => isTrue(object, type));
  if (failure !== undefined) return failed(messageOf(object, failure));
  if (isTrue(object, 'Complete')) return healthy;
  if (at(object, 'spec', 'suspend') === true) return resting('is suspended');
  return at(object, 'status', 'startTime') === undefined ? progressing('has not started') : healthy;
}

function cronJobHealth(object: KubeObject): ObjectHealth {
  return at(object, 'spec', 'suspend') === true ? resting('is suspended') : healthy;
}
