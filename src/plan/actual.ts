import type { AddonState } from '../addons/addon-state.ts';
import type { NodeState } from './node-state.ts';

/** What is true on this machine, and, where this machine is a control plane that answers, in the cluster. */
export interface Actual {
  readonly machine: MachineState;
  readonly cluster?: ClusterState;
}

export interface MachineState {
  /** The name it goes by until a key is bound to another: the settings' nodeName, else the hostname. */
  readonly claimedName: string;
  /** `SHA256:…` of this machine's identity key. */
  readonly fingerprint: string;
  readonly membership: Membership;
  /** Owned files whose content differs from what this version ships, absent ones included. */
  readonly differingFiles: readonly string[];
  readonly kubeadmVersion?: string;
  readonly kubeletVersion?: string;
  /** True when etcd's data directory holds a member. */
  readonly etcdData: boolean;
  /** True when the kubelet has a kubeconfig of its own and the certificate that it names: TLS bootstrap is through. */
  readonly kubeletConfigured: boolean;
  /** Files of kubeadm's that are there. Empty on a machine kubeadm never touched. */
  readonly kubeadmFiles: readonly string[];
  /** `sha256:<hex>` of the cluster CA in /etc/kubernetes/pki/ca.crt. */
  readonly clusterCA?: string;
  /** Only on a control plane: what is not healthy, empty when all is. */
  readonly controlPlaneProblems?: readonly string[];
  /** What the control plane endpoint answers before this machine has bootstrapped or joined; asked only where it may bootstrap. */
  readonly endpointAnswer?: EndpointAnswer;
}

/**
 * - `none`: never a member.
 * - `interrupted`: an init or join of ours began and did not end, and left files (journal).
 * - `foreign`: kubeadm's files are there, and neither a record nor the journal says that they are ours.
 * - `member`: init or join ended well.
 */
export type Membership =
  | { readonly state: 'none' }
  | { readonly state: 'interrupted'; readonly by: 'init' | 'join' }
  | { readonly state: 'foreign'; readonly evidence: string }
  | { readonly state: 'member'; readonly role: 'control-plane' | 'worker'; readonly nodeName: string };

/** Observed only by a control plane. */
export interface ClusterState {
  readonly nodes: readonly NodeState[];
  readonly addons: readonly AddonState[];
  /** Admission objects that are missing or differ (`apply`), and what kubeadm made that must not be there (`remove`). */
  readonly access: { readonly apply: readonly string[]; readonly remove: readonly string[] };
  readonly bootstrapRecord: BootstrapRecord;
}

export type EndpointAnswer = 'answers' | 'refuses' | 'silent';

/** The configuration a cluster was made with, as far as it can be read. */
export type BootstrapRecord =
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable' }
  | { readonly state: 'recorded'; readonly configuration: unknown };
