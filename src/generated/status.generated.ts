/**
 * Generated from schemas/ by `npm run generate`: change the schema, not this file.
 */

/**
 * Where a machine stands: the agent's status file, and the answer of `kubic-init status -o json`.
 */
export interface Status {
  /**
   * The version of this format.
   */
  readonly apiVersion: 'kubic.suse.com/v1beta1';
  /**
   * What this document describes.
   */
  readonly kind: 'Status';
  /**
   * `pending`: nobody has accepted this machine's key. `rejected`: its key is in the rejected list. `waiting`: it waits for something else, such as the repository or another machine. `joining`, `bootstrapping`: under way. `working`: other actions are under way. `in-sync`: everything is as declared. `held`: in sync but for what is held. `failed`: the last sync failed.
   */
  readonly phase: 'pending' | 'rejected' | 'waiting' | 'joining' | 'bootstrapping' | 'working' | 'in-sync' | 'held' | 'failed';
  /**
   * This machine.
   */
  readonly node: {
    /**
     * The machine's own name.
     */
    readonly hostname: string;
    /**
     * The node name its key is bound to; absent while it is bound to none.
     */
    readonly name?: string;
    /**
     * The role its key is bound to.
     */
    readonly role?: 'control-plane' | 'worker';
    /**
     * The fingerprint of its identity key.
     */
    readonly fingerprint: string;
  };
  /**
   * Commits of the cluster repository.
   */
  readonly commit: {
    /**
     * The head at the last fetch.
     */
    readonly seen?: string;
    /**
     * The last commit that was acted on.
     */
    readonly actedOn?: string;
    /**
     * The first line of the message of the commit last seen.
     */
    readonly subject?: string;
  };
  readonly lastSync?: SyncReport;
  /**
   * When the next sync begins.
   */
  readonly nextSync?: string;
  /**
   * What is declared and not acted on, and why.
   */
  readonly held: readonly HeldReport[];
  /**
   * What is wrong in the repository at the commit last seen.
   */
  readonly diagnostics: {
    /**
     * How many errors. With one, nothing of that commit is acted on.
     */
    readonly errors: number;
    /**
     * How many warnings.
     */
    readonly warnings: number;
    /**
     * The first few, one line each, as `validate` prints them.
     */
    readonly first: readonly string[];
  };
  readonly error?: ProblemReport1;
  /**
   * The add-ons and their health; only on the control plane that holds the Lease.
   */
  readonly addons: readonly AddonReport[];
  /**
   * What runs here.
   */
  readonly versions: {
    /**
     * This program's version.
     */
    readonly kubicInit: string;
    /**
     * The version cluster.yaml declares.
     */
    readonly kubernetes?: string;
    /**
     * The version of kubeadm on this machine.
     */
    readonly kubeadm?: string;
    /**
     * The version of the kubelet on this machine.
     */
    readonly kubelet?: string;
  };
  /**
   * How this machine's admission stands; absent once it is a member.
   */
  readonly enrolment?: {
    /**
     * `pending`: registered, and nobody has decided. `accepted`: the key is in the list. `rejected`: the key is in the rejected list. `key-conflict`: another key holds the name. `unreachable`: no endpoint answered.
     */
    readonly state: 'pending' | 'accepted' | 'rejected' | 'key-conflict' | 'unreachable';
    /**
     * The same in words, with what to commit.
     */
    readonly message: string;
  };
}
/**
 * The last sync, or the one under way.
 */
interface SyncReport {
  /**
   * When it began.
   */
  readonly startedAt: string;
  /**
   * When it ended; absent while it is under way.
   */
  readonly endedAt?: string;
  /**
   * How it ended; absent while it is under way. `aborted`: a signal or a newer commit ended it.
   */
  readonly result?: 'done' | 'failed' | 'aborted';
  /**
   * What it did, in order.
   */
  readonly actions: readonly ActionReport[];
}
/**
 * One action of a sync.
 */
interface ActionReport {
  /**
   * The action's kind.
   */
  readonly kind: string;
  /**
   * Why, in words.
   */
  readonly reason: string;
  /**
   * How it ended; absent while it is under way.
   */
  readonly result?: 'done' | 'failed' | 'skipped';
  /**
   * How long it took, in milliseconds.
   */
  readonly ms?: number;
  readonly error?: ProblemReport;
}
/**
 * Why it failed.
 */
interface ProblemReport {
  /**
   * The code; `kubic-init explain CODE` says more.
   */
  readonly code: string;
  /**
   * What happened.
   */
  readonly message: string;
  /**
   * What to do.
   */
  readonly hint: string;
}
/**
 * Something declared that is not acted on.
 */
interface HeldReport {
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
/**
 * What ended the last sync as a whole; absent when nothing did. What failed in one action stands with that action in lastSync.actions.
 */
interface ProblemReport1 {
  /**
   * The code; `kubic-init explain CODE` says more.
   */
  readonly code: string;
  /**
   * What happened.
   */
  readonly message: string;
  /**
   * What to do.
   */
  readonly hint: string;
}
/**
 * The health of an add-on.
 */
interface AddonReport {
  /**
   * The add-on's name.
   */
  readonly name: string;
  /**
   * Its health.
   */
  readonly status: 'healthy' | 'progressing' | 'failed' | 'unknown';
  /**
   * Objects that are not healthy, with the reason.
   */
  readonly problems: readonly string[];
  /**
   * Objects that are as well as they can be until somebody acts. Nothing waits for them.
   */
  readonly notes?: readonly string[];
}
