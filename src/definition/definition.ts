import type { JsonObject } from '../json/json.ts';
import type { Taint } from '../objects/taint.ts';

/** A cluster repository at one commit, valid, with every default filled in. */
export interface Definition {
  readonly cluster: ClusterDefinition;
  readonly accepted: readonly AcceptedNode[];
  readonly rejected: readonly RejectedNode[];
  /** In the order of their names. */
  readonly addons: readonly DeclaredAddon[];
}

export interface ClusterDefinition {
  readonly name: string;
  /** `v1.36.3` */
  readonly kubernetesVersion: string;
  /** Name of the accepted node that bootstraps. */
  readonly seeder: string;
  /** `sha256:<hex>` over the DER of the cluster CA's public key (SPKI), as kubeadm's discovery hashes it. */
  readonly clusterCA?: string;
  /** `host:port` */
  readonly controlPlaneEndpoint: string;
  /** `host:port` each. */
  readonly enrolmentEndpoints: readonly string[];
  readonly network: { readonly podSubnet: string; readonly serviceSubnet: string; readonly dnsDomain: string };
  /** Cron, five fields. */
  readonly schedule: string;
  readonly components: { readonly source: 'host' | 'image'; readonly image?: string };
  readonly kubeadm: KubeadmOverrides;
  readonly upgrade: { readonly maxUnavailable: number; readonly drainTimeout: string; readonly window: string | null };
  readonly guards: {
    readonly maxRemovals: string;
    readonly protect: readonly string[];
    readonly confirm: readonly string[];
    /** Keys of objects that the head acted on before said are to stay, by annotation: known whether or not it could be applied. */
    readonly kept?: readonly string[];
  };
}

/** Merged last into what kubic-init writes for kubeadm; named lists (`extraArgs`, `extraVolumes`) merge by name. */
export interface KubeadmOverrides {
  readonly clusterConfiguration: JsonObject;
  readonly initConfiguration: JsonObject;
  readonly joinConfiguration: JsonObject;
  readonly kubeletConfiguration: JsonObject;
  readonly kubeProxyConfiguration: JsonObject;
}

export type Role = 'control-plane' | 'worker';

export interface AcceptedNode {
  readonly name: string;
  /** `SHA256:…`; absent only for the seeder, and only until it has bootstrapped. */
  readonly key?: string;
  readonly role: Role;
  readonly labels: Readonly<Record<string, string>>;
  /** Taints of the Node. Absent: a control plane keeps the taint that kubeadm gives it. Empty: it has none. */
  readonly taints?: readonly Taint[];
  /** Addresses and DNS names; where they are set the node's kubelet serves under these and its name, and under no others. */
  readonly addresses?: readonly string[];
}

export interface RejectedNode {
  readonly key: string;
  readonly name?: string;
  readonly reason?: string;
}

export interface DeclaredAddon {
  /** The folder's name. */
  readonly name: string;
  readonly dependsOn: readonly string[];
  readonly prune: boolean;
  /** What is done about an object that somebody changed in the cluster. */
  readonly drift: 'correct' | 'warn' | 'ignore';
  /** Git tree id of the folder, or another digest of its content. */
  readonly digest: string;
}

export interface AddonDefinition extends DeclaredAddon {
  /** Manifests (`*.yaml`, `*.yml`, `*.json`) below the folder except addon.yaml, path relative to the folder, in byte order. */
  readonly files: readonly AddonFile[];
}

export interface AddonFile {
  readonly path: string;
  readonly text: string;
  /** Its Git blob id; empty or absent where no commit has it. */
  readonly oid?: string;
}
