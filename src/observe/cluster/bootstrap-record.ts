import { textAt } from '../../json/at.ts';
import type { KubeReader } from '../../kube/kube-client.ts';
import type { BootstrapRecord } from '../../plan/actual.ts';

/** The ConfigMap that keeps what a cluster was made with. */
export const BOOTSTRAP_RECORD = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: 'kube-system',
  name: 'kubic-init-bootstrap',
} as const;
export const BOOTSTRAP_RECORD_KEY = 'configuration.json';

/** What the cluster was made with, as it is recorded in it. @throws KubicError kube.* */
export async function loadBootstrapRecord(client: KubeReader, signal?: AbortSignal): Promise<BootstrapRecord> {
  const configMap = await client.get(BOOTSTRAP_RECORD, { signal });
  if (!configMap) return { state: 'absent' };
  try {
    return { state: 'recorded', configuration: JSON.parse(textAt(configMap, 'data', BOOTSTRAP_RECORD_KEY) ?? '') };
  } catch {
    return { state: 'unreadable' };
  }
}
