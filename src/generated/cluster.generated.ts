/**
 * Generated from schemas/ by `npm run generate`: change the schema, not this file.
 */

/**
 * The file cluster.yaml: the one place for versions, seeder, network, schedule and guards of a cluster.
 */
export interface Cluster {
  /**
   * The version of this format.
   */
  readonly apiVersion: 'kubic.suse.com/v1beta1';
  /**
   * What this file describes.
   */
  readonly kind: 'Cluster';
  /**
   * What the cluster is called.
   */
  readonly metadata?: {
    /**
     * The cluster's name, as kubeconfig files and reports show it.
     */
    readonly name?: string;
  };
  /**
   * What the cluster is to be.
   */
  readonly spec: {
    /**
     * The Kubernetes version of every machine; the only place a version stands. This release does not upgrade: once the cluster runs, another version is held (`kubeadm.version-held`).
     */
    readonly kubernetesVersion: string;
    /**
     * The name of the accepted node that bootstraps the cluster.
     */
    readonly seeder: string;
    /**
     * The digest of the cluster CA's public key, written after the bootstrap. While it stands, no machine without this CA ever bootstraps.
     */
    readonly clusterCA?: string;
    /**
     * Where every machine reaches the API server, as host:port. Needed even with one control plane, because it cannot be added later.
     */
    readonly controlPlaneEndpoint: string;
    /**
     * Where machines ask for admission.
     */
    readonly enrolment?: {
      /**
       * The control planes' enrolment endpoints, or a TCP load balancer in front of them, tried in turn. Without it: the host of controlPlaneEndpoint, port 9443.
       *
       * @minItems 1
       * @maxItems 32
       */
      readonly endpoints?: readonly string[];
    };
    /**
     * The cluster's networks. A running cluster cannot follow a change of them.
     */
    readonly network: {
      /**
       * The range of the pods' addresses; for dual stack an IPv4 and an IPv6 range with a comma between.
       */
      readonly podSubnet: string;
      /**
       * The range of the services' addresses; for dual stack an IPv4 and an IPv6 range with a comma between.
       */
      readonly serviceSubnet: string;
      /**
       * The domain of the services' names.
       */
      readonly dnsDomain?: string;
    };
    /**
     * When each node syncs: cron, five fields (minute, hour, day of month, month, day of week). Each node adds a fixed delay of its own.
     */
    readonly schedule?: string;
    /**
     * Where kubeadm, kubelet and their companions come from.
     */
    readonly components?: {
      /**
       * `host`: the distribution's packages. `image`: an OCI image (accepted in this release, but held by the plan).
       */
      readonly source?: 'host' | 'image';
      /**
       * The OCI image with the components, pinned by digest. Only with source image.
       */
      readonly image?: string;
    };
    /**
     * Merged last into what kubic-init writes for kubeadm. Lists of named entries (extraArgs, extraVolumes) merge by name; what kubic-init owns cannot be set here.
     */
    readonly kubeadm?: {
      /**
       * Fields of kubeadm.k8s.io/v1beta4 ClusterConfiguration.
       */
      readonly clusterConfiguration?: {};
      /**
       * Fields of kubeadm.k8s.io/v1beta4 InitConfiguration.
       */
      readonly initConfiguration?: {};
      /**
       * Fields of kubeadm.k8s.io/v1beta4 JoinConfiguration.
       */
      readonly joinConfiguration?: {};
      /**
       * Fields of kubelet.config.k8s.io/v1beta1 KubeletConfiguration.
       */
      readonly kubeletConfiguration?: {};
      /**
       * Fields of kubeproxy.config.k8s.io/v1alpha1 KubeProxyConfiguration.
       */
      readonly kubeProxyConfiguration?: {};
    };
    /**
     * How an upgrade goes through the machines. Checked and otherwise unused by this release, which does not upgrade: another version is held (`kubeadm.version-held`).
     */
    readonly upgrade?: {
      /**
       * How many workers may be upgraded at once.
       */
      readonly maxUnavailable?: number;
      /**
       * How long a drain may take before the upgrade of that node stops.
       */
      readonly drainTimeout?: string;
      /**
       * Days and hours (UTC) in which a disruptive step may start; null: any time.
       */
      readonly window?: string | null;
    };
    /**
     * What a commit may not do to the cluster. `protect` and `confirm` count in this release.
     */
    readonly guards?: {
      /**
       * How many nodes one commit may remove: a number, or a share of the accepted list (rounded up, at least one). Unused by this release, which removes none: each removal is held (`admission.removed`).
       */
      readonly maxRemovals?: string | number;
      /**
       * Objects that kubic-init never deletes, nor anything that would take them along (their Namespace, the CustomResourceDefinition of their kind): Kind/name, or Kind/namespace/name. One that is taken out counts until the commit after.
       *
       * @maxItems 1000
       */
      readonly protect?: readonly string[];
      /**
       * Digests of held deletions that may go ahead, with all that goes along: `kubic-init plan` and `status` show the digest of each. It is made of what would be deleted, by kind and name, so it counts until it is taken out again: do that when the deletion is done. It lets nothing go that `protect` names.
       *
       * @maxItems 1000
       */
      readonly confirm?: readonly string[];
    };
  };
}
