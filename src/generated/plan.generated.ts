/**
 * Generated from schemas/ by `npm run generate`: change the schema, not this file.
 */

/**
 * One step: its kind, why, what it may do to running work, and what its handler needs.
 */
type Action =
  | HostConfigure
  | KubeadmClean
  | KubeadmInit
  | ControlPlaneWait
  | NodeEnrol
  | KubeadmJoin
  | BootstrapRecord
  | AdmissionAccess
  | NodeConfigure
  | AddonApply
  | AddonRemove;
/**
 * What the action may do to running work.
 */
type Impact = 'safe' | 'disruptive' | 'destructive';
/**
 * `node`: this machine only. `cluster`: by the control plane that holds the Lease.
 */
type Scope = 'node' | 'cluster';

/**
 * What a sync would do: the answer of `kubic-init plan -o json`.
 */
export interface Plan {
  /**
   * The version of this format.
   */
  readonly apiVersion: 'kubic.suse.com/v1beta1';
  /**
   * What this document describes.
   */
  readonly kind: 'Plan';
  /**
   * The commit it is made from.
   */
  readonly commit: string;
  /**
   * The first line of its message.
   */
  readonly subject: string;
  /**
   * The node it is made on.
   */
  readonly node: string;
  /**
   * What would be done, in this order.
   */
  readonly actions: readonly Action[];
  /**
   * What is declared and would not be acted on, and why.
   */
  readonly held: readonly Held[];
}
/**
 * Write owned files that differ from what this version ships.
 */
interface HostConfigure {
  /**
   * The action's kind.
   */
  readonly kind: 'host.configure';
  /**
   * In words: what is there, what is declared.
   */
  readonly reason: string;
  readonly impact: Impact;
  readonly scope: Scope;
  /**
   * The files.
   */
  readonly spec: {
    /**
     * Which files.
     */
    readonly paths: readonly string[];
  };
}
/**
 * Remove what an interrupted init or join left, where nothing of a cluster has come to be.
 */
interface KubeadmClean {
  /**
   * The action's kind.
   */
  readonly kind: 'kubeadm.clean';
  /**
   * In words: what is there, what is declared.
   */
  readonly reason: string;
  readonly impact: Impact;
  readonly scope: Scope;
  /**
   * What was interrupted.
   */
  readonly spec: {
    /**
     * What was interrupted.
     */
    readonly interrupted: 'init' | 'join';
  };
}
/**
 * Bootstrap the cluster on this machine.
 */
interface KubeadmInit {
  /**
   * The action's kind.
   */
  readonly kind: 'kubeadm.init';
  /**
   * In words: what is there, what is declared.
   */
  readonly reason: string;
  readonly impact: Impact;
  readonly scope: Scope;
  /**
   * The bootstrap.
   */
  readonly spec: {
    /**
     * The Kubernetes version.
     */
    readonly version: string;
    /**
     * The node.
     */
    readonly nodeName: string;
    /**
     * Whether it finishes an init of our own that was interrupted.
     */
    readonly resume: boolean;
  };
}
/**
 * Wait until the control plane of this machine is healthy.
 */
interface ControlPlaneWait {
  /**
   * The action's kind.
   */
  readonly kind: 'control-plane.wait';
  /**
   * In words: what is there, what is declared.
   */
  readonly reason: string;
  readonly impact: Impact;
  readonly scope: Scope;
  /**
   * The control plane.
   */
  readonly spec: {
    /**
     * The node.
     */
    readonly nodeName: string;
  };
}
/**
 * Ask a control plane for admission; while nobody has accepted the key this only registers it.
 */
interface NodeEnrol {
  /**
   * The action's kind.
   */
  readonly kind: 'node.enrol';
  /**
   * In words: what is there, what is declared.
   */
  readonly reason: string;
  readonly impact: Impact;
  readonly scope: Scope;
  /**
   * The enrolment.
   */
  readonly spec: {
    /**
     * The node.
     */
    readonly nodeName: string;
    /**
     * Enrolment endpoints, tried in turn.
     */
    readonly endpoints: readonly string[];
    /**
     * Fingerprints of the accepted control planes: the only servers it talks to.
     */
    readonly pins: readonly string[];
  };
}
/**
 * Enrol, then join with a short-lived certificate.
 */
interface KubeadmJoin {
  /**
   * The action's kind.
   */
  readonly kind: 'kubeadm.join';
  /**
   * In words: what is there, what is declared.
   */
  readonly reason: string;
  readonly impact: Impact;
  readonly scope: Scope;
  /**
   * The join.
   */
  readonly spec: {
    /**
     * The Kubernetes version.
     */
    readonly version: string;
    /**
     * The node.
     */
    readonly nodeName: string;
    /**
     * Enrolment endpoints, tried in turn.
     */
    readonly endpoints: readonly string[];
    /**
     * Fingerprints of the accepted control planes: the only servers it talks to.
     */
    readonly pins: readonly string[];
    /**
     * Labels.
     */
    readonly labels: {
      readonly [k: string]: string;
    };
    /**
     * Taints.
     */
    readonly taints?: readonly Taint[];
    /**
     * Whether it finishes a join of our own that was interrupted: the kubelet has its certificate already.
     */
    readonly resume: boolean;
  };
}
/**
 * A taint of a Node.
 */
interface Taint {
  /**
   * The taint's key.
   */
  readonly key: string;
  /**
   * The taint's value.
   */
  readonly value?: string;
  /**
   * What it does to pods that do not tolerate it.
   */
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}
/**
 * Keep in the cluster what it was made with, so that a later change of it is noticed.
 */
interface BootstrapRecord {
  /**
   * The action's kind.
   */
  readonly kind: 'bootstrap.record';
  /**
   * In words: what is there, what is declared.
   */
  readonly reason: string;
  readonly impact: Impact;
  readonly scope: Scope;
  /**
   * Nothing beside.
   */
  readonly spec: {};
}
/**
 * Bring the access rules of admission to what the accepted list says.
 */
interface AdmissionAccess {
  /**
   * The action's kind.
   */
  readonly kind: 'admission.access';
  /**
   * In words: what is there, what is declared.
   */
  readonly reason: string;
  readonly impact: Impact;
  readonly scope: Scope;
  /**
   * The access rules.
   */
  readonly spec: {
    /**
     * What is missing or differs.
     */
    readonly apply: readonly string[];
    /**
     * What kubeadm made and must not be there.
     */
    readonly remove: readonly string[];
  };
}
/**
 * Set the labels and taints of the list on a Node.
 */
interface NodeConfigure {
  /**
   * The action's kind.
   */
  readonly kind: 'node.configure';
  /**
   * In words: what is there, what is declared.
   */
  readonly reason: string;
  readonly impact: Impact;
  readonly scope: Scope;
  /**
   * The Node.
   */
  readonly spec: {
    /**
     * The node.
     */
    readonly node: string;
    /**
     * Labels.
     */
    readonly labels: {
      readonly [k: string]: string;
    };
    /**
     * Taints to add.
     */
    readonly addTaints: readonly Taint[];
    /**
     * Taints to take away: kubeadm's own, where the list has an empty one.
     */
    readonly removeTaints: readonly Taint[];
  };
}
/**
 * Apply an add-on's objects and prune what left it.
 */
interface AddonApply {
  /**
   * The action's kind.
   */
  readonly kind: 'addon.apply';
  /**
   * In words: what is there, what is declared.
   */
  readonly reason: string;
  readonly impact: Impact;
  readonly scope: Scope;
  /**
   * The add-on.
   */
  readonly spec: {
    /**
     * The add-on.
     */
    readonly addon: string;
    /**
     * Digest of the add-on's objects.
     */
    readonly digest: string;
    /**
     * Objects to apply.
     */
    readonly apply: readonly ObjectRef[];
    /**
     * Objects to delete.
     */
    readonly prune: readonly ObjectRef[];
    /**
     * Objects that left it and stay in the cluster: it only lets go of them.
     */
    readonly release?: readonly ObjectRef[];
    /**
     * `record`: only what is to stay is recorded; its objects wait. `repair`: only what left and may keep others from being changed is deleted; the rest waits.
     */
    readonly only?: 'record' | 'repair';
  };
}
/**
 * Names one Kubernetes object.
 */
interface ObjectRef {
  /**
   * Its API version.
   */
  readonly apiVersion: string;
  /**
   * Its kind.
   */
  readonly kind: string;
  /**
   * Its namespace, where the kind has one.
   */
  readonly namespace?: string;
  /**
   * Its name.
   */
  readonly name: string;
}
/**
 * Delete every object of an add-on that left the repository.
 */
interface AddonRemove {
  /**
   * The action's kind.
   */
  readonly kind: 'addon.remove';
  /**
   * In words: what is there, what is declared.
   */
  readonly reason: string;
  readonly impact: Impact;
  readonly scope: Scope;
  /**
   * The add-on.
   */
  readonly spec: {
    /**
     * The add-on.
     */
    readonly addon: string;
    /**
     * Objects to delete.
     */
    readonly prune: readonly ObjectRef[];
    /**
     * Objects that left it and stay in the cluster: it only lets go of them.
     */
    readonly release?: readonly ObjectRef[];
  };
}
/**
 * Something declared that is not acted on.
 */
interface Held {
  /**
   * The code; `kubic-init explain CODE` says more.
   */
  readonly code: string;
  /**
   * What it is about.
   */
  readonly subject: string;
  /**
   * Why it is held.
   */
  readonly reason: string;
  /**
   * The fields of an object that are not as declared: the first 20. Values are cut, and hidden where they are not known to be harmless.
   */
  readonly fields?: readonly FieldDrift[];
  /**
   * The digest that lets it go once a commit lists it in guards.confirm; absent where no commit can.
   */
  readonly confirm?: string;
}
/**
 * A field of an object that somebody changed in the cluster.
 */
interface FieldDrift {
  /**
   * Where it is.
   */
  readonly path: string;
  /**
   * What the repository says, as JSON.
   */
  readonly declared: string;
  /**
   * What there is; absent where the field is gone.
   */
  readonly live?: string;
  /**
   * Who has the field now, as managedFields names them.
   */
  readonly by: readonly string[];
}
