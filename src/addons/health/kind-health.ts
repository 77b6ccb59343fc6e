import { BATCH_HEALTH } from './batch-health.ts';
import { CLUSTER_HEALTH } from './cluster-health.ts';
import { CORE_HEALTH } from './core-health.ts';
import { DEVICE_HEALTH } from './device-health.ts';
import type { HealthTable } from './health-rule.ts';
import { STORAGE_HEALTH } from './storage-health.ts';
import { TRAFFIC_HEALTH } from './traffic-health.ts';
import { WORKLOAD_HEALTH } from './workload-health.ts';

/** Every kind that Kubernetes itself stores; test/cluster/health-kinds.test.ts notices one that is missing. */
export const KIND_HEALTH: HealthTable = {
  ...CORE_HEALTH,
  ...WORKLOAD_HEALTH,
  ...BATCH_HEALTH,
  ...STORAGE_HEALTH,
  ...TRAFFIC_HEALTH,
  ...CLUSTER_HEALTH,
  ...DEVICE_HEALTH,
};
