import { bootstrapConfiguration } from '../../definition/bootstrap-configuration.ts';
import type { ClusterDefinition } from '../../definition/definition.ts';
import { canonicalJson } from '../../json/canonical.ts';
import { textAt } from '../../json/record.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import type { BootstrapRecord } from '../../plan/actual.ts';

const REF = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'kubic-init-bootstrap' } as const;
const KEY = 'configuration.json';

export async function loadBootstrapRecord(client: KubeClient, signal?: AbortSignal): Promise<BootstrapRecord> {
  const configMap = await client.get(REF, { signal });
  if (!configMap) return { state: 'absent' };
  try {
    return { state: 'recorded', configuration: JSON.parse(textAt(configMap, 'data', KEY) ?? '') };
  } catch {
    return { state: 'unreadable' };
  }
}

/**
 * Records what is declared now. One that is there already is not touched: only a person deletes it.
 *
 * @throws KubicError kube.*
 */
export async function recordBootstrap(
  client: KubeClient,
  cluster: ClusterDefinition,
  signal: AbortSignal,
): Promise<void> {
  if (await client.get(REF, { signal })) return;
  const { apiVersion, kind, namespace, name } = REF;
  const metadata = { namespace, name, labels: { 'app.kubernetes.io/managed-by': 'kubic-init' } };
  const data = { [KEY]: canonicalJson(bootstrapConfiguration(cluster)) };
  await client.create({ apiVersion, kind, metadata, data }, { signal });
}
