import { stringify } from 'yaml';
import type { AcceptedNode, ClusterDefinition } from '../../definition/definition.ts';
import type { JsonObject } from '../../json/json.ts';
import type { Taint } from '../../objects/taint.ts';
import { AUTHORIZATION_DIRECTORY, AUTHORIZATION_FILE } from '../../platform/host-paths.ts';
import { mergeOverrides } from './merge-overrides.ts';

const KUBEADM_API = 'kubeadm.k8s.io/v1beta4';

/**
 * What an init of ours that was interrupted leaves, and kubeadm's preflight then objects to. Only these are ignored when
 * it is resumed. Names as in kubeadm's preflight/checks.go.
 */
export const RESUME_IGNORES = [
  ...['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'].map(
    (pod) => `FileAvailable--etc-kubernetes-manifests-${pod}.yaml`,
  ),
  ...[10250, 10257, 10259, 2379, 2380].map((port) => `Port-${port}`),
  'DirAvailable--var-lib-etcd',
] as const;

/** Configuration for `kubeadm init`: four YAML documents, the user's overrides merged last. */
export function renderInitConfiguration(cluster: ClusterDefinition, node: AcceptedNode, resume: boolean): string {
  const overrides = cluster.kubeadm;
  const init = mergeOverrides(
    {
      apiVersion: KUBEADM_API,
      kind: 'InitConfiguration',
      // kubeadm always makes one token, and defaults what is left out. This one is of a group that nothing is granted to,
      // expires in a minute, and is deleted before that (see admission/access/access.ts).
      bootstrapTokens: [
        { ttl: '1m0s', usages: ['signing', 'authentication'], groups: ['system:bootstrappers:kubic:nothing'] },
      ],
      nodeRegistration: { name: node.name, ...registration(node.labels, node.taints) },
    },
    overrides.initConfiguration,
  );
  return toDocuments([
    resume ? withIgnoredErrors(init) : init,
    mergeOverrides(clusterConfiguration(cluster), overrides.clusterConfiguration),
    ...componentConfigurations(cluster),
  ]);
}

/** Configuration for `kubeadm join` of a worker, with a discovery file that carries the enrolment certificate. */
export function renderJoinConfiguration(
  cluster: ClusterDefinition,
  node: Pick<AcceptedNode, 'name' | 'labels' | 'taints'>,
  discoveryFile: string,
): string {
  const join = mergeOverrides(
    {
      apiVersion: KUBEADM_API,
      kind: 'JoinConfiguration',
      nodeRegistration: { name: node.name, ...registration(node.labels, node.taints) },
      discovery: { file: { kubeConfigPath: discoveryFile } },
    },
    cluster.kubeadm.joinConfiguration,
  );
  return toDocuments([join]);
}

function clusterConfiguration(cluster: ClusterDefinition): JsonObject {
  return {
    apiVersion: KUBEADM_API,
    kind: 'ClusterConfiguration',
    clusterName: cluster.name,
    kubernetesVersion: cluster.kubernetesVersion,
    controlPlaneEndpoint: cluster.controlPlaneEndpoint,
    networking: { ...cluster.network },
    apiServer: {
      // kubeadm leaves its own --authorization-mode out when this argument is there (kubernetes#123651)
      extraArgs: [{ name: 'authorization-config', value: AUTHORIZATION_FILE }],
      extraVolumes: [
        {
          name: 'kubic-authorization',
          hostPath: AUTHORIZATION_DIRECTORY,
          mountPath: AUTHORIZATION_DIRECTORY,
          readOnly: true,
          pathType: 'DirectoryOrCreate',
        },
      ],
    },
  };
}

function componentConfigurations(cluster: ClusterDefinition): JsonObject[] {
  const { kubeletConfiguration, kubeProxyConfiguration } = cluster.kubeadm;
  return [
    mergeOverrides(
      { apiVersion: 'kubelet.config.k8s.io/v1beta1', kind: 'KubeletConfiguration', rotateCertificates: true },
      kubeletConfiguration,
    ),
    mergeOverrides(
      { apiVersion: 'kubeproxy.config.k8s.io/v1alpha1', kind: 'KubeProxyConfiguration' },
      kubeProxyConfiguration,
    ),
  ];
}

/** Labels and taints at registration. An empty list takes kubeadm's own taint off a control plane; without one kubeadm sets it. */
function registration(labels: Readonly<Record<string, string>>, taints: readonly Taint[] | undefined): JsonObject {
  const allowed = Object.entries(labels).filter(([key]) => isLabelAKubeletMaySet(key));
  return {
    ...(taints !== undefined && { taints: taints.map((taint) => ({ ...taint })) }),
    ...(allowed.length > 0 && {
      kubeletExtraArgs: [{ name: 'node-labels', value: allowed.map((label) => label.join('=')).join(',') }],
    }),
  };
}

/**
 * A kubelet refuses to start with other labels below kubernetes.io and k8s.io, and NodeRestriction would refuse them too
 * (kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction); the cluster scope sets those.
 */
function isLabelAKubeletMaySet(key: string): boolean {
  const domain = key.includes('/') ? key.slice(0, key.indexOf('/')) : '';
  return !/(^|\.)(kubernetes|k8s)\.io$/.test(domain) || /(^|\.)(kubelet|node)\.kubernetes\.io$/.test(domain);
}

/** What is no list stays as it is: kubeadm says what is wrong with it. A port of 0 is kubeadm's default, as one left out is. */
function withIgnoredErrors(init: JsonObject): JsonObject {
  const node = (init.nodeRegistration ?? {}) as JsonObject;
  const ignored = node.ignorePreflightErrors ?? [];
  if (!Array.isArray(ignored)) return init;
  const { bindPort } = (init.localAPIEndpoint ?? {}) as JsonObject;
  const ignorePreflightErrors = [...(ignored as readonly string[]), ...RESUME_IGNORES, `Port-${bindPort || 6443}`];
  return { ...init, nodeRegistration: { ...node, ignorePreflightErrors } };
}

/**
 * Block style throughout: kubeadm takes a document that begins with `{` for JSON. Every text in quotes: kubeadm reads YAML 1.1, where a
 * plain `no` or `1_000` of ours would be false or 1000.
 */
function toDocuments(documents: readonly JsonObject[]): string {
  const quoted = { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: null } as const;
  return documents.map((document) => stringify(document, quoted)).join('---\n');
}
