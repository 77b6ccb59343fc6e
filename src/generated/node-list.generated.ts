/**
 * Generated from schemas/ by `npm run generate`: change the schema, not this file.
 */

/**
 * The file nodes.yaml, or each of nodes/*.yaml: which machines belong to the cluster, bound to their identity keys, and which never will.
 */
export interface NodeList {
  /**
   * The version of this format.
   */
  readonly apiVersion: 'kubic.suse.com/v1beta1';
  /**
   * What this file describes.
   */
  readonly kind: 'NodeList';
  /**
   * The machines of the cluster. Each name and each key stands once in all lists.
   *
   * @maxItems 10000
   */
  readonly accepted?: {
    /**
     * The node's name in Kubernetes, whatever the machine's hostname says.
     */
    readonly name: string;
    /**
     * The fingerprint of the machine's identity key, as its console and `kubic-init identity` show it. Only the seeder may lack it, until it has bootstrapped.
     */
    readonly key?: string;
    /**
     * What the machine runs.
     */
    readonly role?: 'control-plane' | 'worker';
    /**
     * Labels of the Node, kept as they stand here.
     */
    readonly labels?: {
      readonly [k: string]: string;
    };
    /**
     * The machine's own IP addresses and DNS names: its kubelet gets a serving certificate for these and its name, and for no others. Each stands with one node only. Without this field a kubelet gets what it reports and no other node had before; the API server's and Services' own it never gets.
     *
     * @minItems 1
     * @maxItems 32
     *
     * Items: An IP address, or a DNS name.
     */
    readonly addresses?: readonly string[];
    /**
     * Taints of the Node, kept as they stand here. Without it a control plane has the taint that kubeadm gives it; with an empty list it has none, and takes pods.
     *
     * @maxItems 100
     */
    readonly taints?: {
      /**
       * The taint's key.
       */
      readonly key: string;
      /**
       * The taint's value.
       */
      readonly value?: string;
      /**
       * What the taint does to pods that do not tolerate it.
       */
      readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
    }[];
  }[];
  /**
   * Keys that never get in. A member whose key is rejected stays one in this release, until it is taken out by hand.
   *
   * @maxItems 10000
   */
  readonly rejected?: {
    /**
     * The fingerprint of the machine's identity key.
     */
    readonly key: string;
    /**
     * The name the machine had or asked for.
     */
    readonly name?: string;
    /**
     * Why, as the machine and its users are told.
     */
    readonly reason?: string;
  }[];
}
