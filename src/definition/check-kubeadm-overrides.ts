import { type Diagnostic, problem } from '../document/diagnostic.ts';
import type { FieldPath } from '../document/find-field.ts';
import type { YamlFile } from '../document/read-yaml.ts';
import { valueAt } from '../document/value-at.ts';
import { isMapping } from '../json/at.ts';
import { quote } from '../text/quote.ts';

/** Fields that kubic-init writes itself, and what to set in their place, if anything. */
const ownedFields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  clusterConfiguration: {
    apiVersion: '',
    kind: '',
    kubernetesVersion: 'Set `spec.kubernetesVersion`.',
    controlPlaneEndpoint: 'Set `spec.controlPlaneEndpoint`.',
    clusterName: 'Set `metadata.name`.',
    networking: 'Set `spec.network`.',
    certificatesDir: '',
    // the guards against a second init look for etcd's data where kubeadm puts it
    'etcd.local.dataDir': '',
    'etcd.external': '',
    caCertificateValidityPeriod: '',
    encryptionAlgorithm: '',
  },
  initConfiguration: {
    apiVersion: '',
    kind: '',
    bootstrapTokens: '',
    certificateKey: '',
    dryRun: '',
    skipPhases: 'To leave kube-proxy out, set `clusterConfiguration: {proxy: {disabled: true}}`.',
    'nodeRegistration.name': "Write it in the node's entry of the accepted list.",
    'nodeRegistration.taints':
      "Write them in the node's entry of the accepted list; `taints: []` there takes kubeadm's own away.",
  },
  joinConfiguration: {
    apiVersion: '',
    kind: '',
    discovery: '',
    caCertPath: '',
    controlPlane: '',
    dryRun: '',
    skipPhases: '',
    'nodeRegistration.name': "Write it in the node's entry of the accepted list.",
    'nodeRegistration.taints': "Write them in the node's entry of the accepted list.",
  },
  kubeletConfiguration: {
    apiVersion: '',
    kind: '',
    rotateCertificates: '',
    clusterDomain: 'Set `spec.network.dnsDomain`.',
  },
  kubeProxyConfiguration: { apiVersion: '', kind: '', clusterCIDR: 'Set `spec.network.podSubnet`.' },
};

/** Lists of named entries, and the names in them that are kubic-init's. */
const ownedEntries: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  clusterConfiguration: {
    'apiServer.extraArgs': [
      'authorization-config',
      'authorization-mode',
      'authorization-webhook-config-file',
      'client-ca-file',
      'kubelet-certificate-authority',
    ],
    'apiServer.extraVolumes': ['kubic-authorization'],
    'etcd.local.extraArgs': ['data-dir', 'wal-dir'],
  },
  initConfiguration: {
    'nodeRegistration.kubeletExtraArgs': ['hostname-override', 'node-labels', 'register-with-taints'],
  },
  joinConfiguration: {
    'nodeRegistration.kubeletExtraArgs': ['hostname-override', 'node-labels', 'register-with-taints'],
  },
};

/** What `spec.kubeadm` sets although kubic-init owns it, and shapes that would replace what it owns when merged. */
export function checkKubeadmOverrides(yaml: YamlFile): readonly Diagnostic[] {
  return [
    ...eachPath(ownedFields, (path, remedy) => checkOwnedField(yaml, path, remedy)),
    ...eachPath(ownedEntries, (path, names) => checkNamedList(yaml, path, names)),
  ];
}

function eachPath<T>(
  table: Readonly<Record<string, Readonly<Record<string, T>>>>,
  check: (path: FieldPath, entry: T) => readonly Diagnostic[],
): readonly Diagnostic[] {
  return Object.entries(table).flatMap(([section, fields]) =>
    Object.entries(fields).flatMap(([field, entry]) => check(['spec', 'kubeadm', section, ...field.split('.')], entry)),
  );
}

function checkOwnedField(yaml: YamlFile, path: FieldPath, remedy: string): readonly Diagnostic[] {
  if (valueAt(yaml, path) === undefined) return checkParents(yaml, path);
  return [owned(yaml, path, quote(path.slice(1).join('.')), remedy)];
}

/** Anything but a mapping on the way would replace all that kubic-init writes there. */
function checkParents(yaml: YamlFile, path: FieldPath): readonly Diagnostic[] {
  const parent = path.slice(0, -1);
  const value = valueAt(yaml, parent);
  if (parent.length < 4 || value === undefined || isMapping(value)) return [];
  const message = `${quote(parent.join('.'))} has to be a mapping`;
  return [problem('definition.invalid-value', yaml.placeOf(parent), message, 'Write its fields below it.')];
}

function checkNamedList(yaml: YamlFile, path: FieldPath, names: readonly string[]): readonly Diagnostic[] {
  const list = valueAt(yaml, path);
  if (list === undefined) return checkParents(yaml, path);
  if (!Array.isArray(list)) return [notNamed(yaml, path)];
  return list.flatMap((entry: unknown, index) => {
    const name = isMapping(entry) ? entry.name : undefined;
    if (typeof name !== 'string') return [notNamed(yaml, [...path, index])];
    const what = `entry ${quote(name)} of ${quote(path.slice(1).join('.'))}`;
    return names.includes(name) ? [owned(yaml, [...path, index, 'name'], what, '')] : [];
  });
}

function notNamed(yaml: YamlFile, path: FieldPath): Diagnostic {
  const list = path.filter((step) => typeof step === 'string').join('.');
  const message = `${quote(list)} has to be a list of entries with a \`name\``;
  const remedy = 'Write entries as `- {name: v, value: "2"}`.';
  return problem('definition.invalid-value', yaml.placeOf(path), message, remedy);
}

function owned(yaml: YamlFile, path: FieldPath, what: string, instead: string): Diagnostic {
  const remedy = instead === '' ? undefined : `Remove it. ${instead}`;
  return problem('definition.owned-field', yaml.placeOfKey(path), `${what} is kubic-init's own`, remedy);
}
