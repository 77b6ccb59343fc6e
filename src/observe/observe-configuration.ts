import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { isRecord, textAt } from '../addons/record.ts';
import type { ClusterDefinition } from '../definition/definition.ts';
import { KubicError } from '../errors/kubic-error.ts';
import { componentConfigurations, renderClusterConfiguration } from '../execute/kubeadm/configuration.ts';
import { fillDefaults } from '../execute/kubeadm/run-kubeadm.ts';
import type { KubeClient } from '../kube/kube-client.ts';
import type { Exec } from '../platform/exec.ts';
import { configurationDifferences } from './configuration-differences.ts';

const ROOT = 'ClusterConfiguration';

export interface ConfigurationDeps {
  /** Where kubeadm can read what is handed to it, also from within a container. */
  readonly runtimeDir: string;
  readonly client: KubeClient;
  readonly exec: Exec;
  readonly signal?: AbortSignal;
}

/**
 * Where the configuration that kubeadm keeps in the cluster differs from the declared one, in words; empty where it does not. The
 * ClusterConfiguration is compared whole. Of the kubelet's and kube-proxy's only what is declared is compared: nothing tells a
 * value from a default there.
 */
export async function observeConfiguration(cluster: ClusterDefinition, deps: ConfigurationDeps): Promise<string[]> {
  const differences = await Promise.all([
    explain('kubeadm-config', () => compareCluster(cluster, deps)),
    explain('kubelet-config', () => compareKubelet(cluster, deps)),
    explain('kube-proxy', () => compareKubeProxy(cluster, deps)),
  ]);
  return differences.flat();
}

/**
 * By way of `kubeadm config migrate`, whose output is "what kubeadm actually would read internally", defaults filled in. Another
 * Kubernetes version is held by a rule of its own; kubeadm does not read one too far from its own.
 */
async function compareCluster(cluster: ClusterDefinition, deps: ConfigurationDeps): Promise<string[]> {
  const actual = await loadConfiguration('kubeadm-config', 'ClusterConfiguration', deps);
  const kubernetesVersion = textAt(actual, 'kubernetesVersion') ?? cluster.kubernetesVersion;
  const declared = await readAsKubeadm(renderClusterConfiguration({ ...cluster, kubernetesVersion }), deps);
  const differences = configurationDifferences(withoutType(declared), withoutType(actual), ROOT, true);
  return differences.map(asDeclared);
}

async function readAsKubeadm(configuration: string, { runtimeDir, ...deps }: ConfigurationDeps): Promise<unknown> {
  await mkdir(runtimeDir, { recursive: true });
  const directory = await mkdtemp(join(runtimeDir, 'compare-')); // `plan` may run beside a sync
  try {
    const file = join(directory, 'configuration.yaml');
    await writeFile(file, configuration, { mode: 0o600 });
    const documents = parseAllDocuments(await fillDefaults(file, deps)).map((document): unknown => document.toJS());
    return documents.find((document) => textAt(document, 'kind') === 'ClusterConfiguration');
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function compareKubelet(cluster: ClusterDefinition, deps: ConfigurationDeps): Promise<string[]> {
  const actual = await loadConfiguration('kubelet-config', 'kubelet', deps);
  const { kubelet } = componentConfigurations(cluster);
  return configurationDifferences(kubelet, actual, 'kubeadm.kubeletConfiguration', false);
}

/** A cluster may do without kube-proxy. */
async function compareKubeProxy(cluster: ClusterDefinition, deps: ConfigurationDeps): Promise<string[]> {
  if (Object.keys(cluster.kubeadm.kubeProxyConfiguration).length === 0) return [];
  const actual = await loadConfiguration('kube-proxy', 'config.conf', deps);
  const { kubeProxy } = componentConfigurations(cluster);
  return configurationDifferences(kubeProxy, actual, 'kubeadm.kubeProxyConfiguration', false);
}

async function loadConfiguration(name: string, key: string, { client, signal }: ConfigurationDeps): Promise<unknown> {
  const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name };
  const text = textAt(await client.get(ref, { signal }), 'data', key);
  if (text === undefined) throw new Error(`the ConfigMap kube-system/${name} has no ${key}`);
  return parse(text);
}

/** One that cannot be compared is told as a difference: it is not known to be as declared. */
async function explain(name: string, compare: () => Promise<string[]>): Promise<string[]> {
  try {
    return await compare();
  } catch (error) {
    if (error instanceof KubicError && (error.code === 'agent.aborted' || error.code.startsWith('kube.'))) throw error;
    return [`${name} cannot be compared: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function withoutType(value: unknown): unknown {
  const { apiVersion: _, kind: __, ...fields } = isRecord(value) ? value : {};
  return fields;
}

/** A difference with its path as it stands in cluster.yaml. */
function asDeclared(difference: string): string {
  return difference
    .replace(/^ClusterConfiguration\.networking\b/, 'network')
    .replace(/^ClusterConfiguration\.controlPlaneEndpoint\b/, 'controlPlaneEndpoint')
    .replace(/^ClusterConfiguration\.clusterName\b/, 'metadata.name')
    .replace(/^ClusterConfiguration\b/, 'kubeadm.clusterConfiguration');
}
