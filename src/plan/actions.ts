import type { ObjectRef } from '../objects/object-ref.ts';
import type { Taint } from '../objects/taint.ts';
/**
 * Every kind of action there is, with the facts its handler needs. A kind without a description (describe.ts) or a
 * handler (execute/handlers/) does not compile. Actions are plain data: they are journalled, printed and compared.
 */
export interface ActionSpecs {
  /** Write owned files (drop-ins, sysctls, units) that differ from what this version ships, and make them count. */
  'host.configure': { readonly paths: readonly string[] };
  /** Remove what an interrupted init or join left, where nothing of a cluster has come to be. */
  'kubeadm.clean': { readonly leftovers: 'init' | 'join' };
  /** Bootstrap the cluster on this machine; `resume` finishes an init of our own that was interrupted. */
  'kubeadm.init': { readonly version: string; readonly nodeName: string; readonly resume: boolean };
  /** Wait until etcd, the API server's /readyz and the static pods of this machine are healthy. */
  'control-plane.wait': { readonly nodeName: string };
  /** Ask the enrolment endpoints for admission; while nobody has accepted the key this only registers it as pending. */
  'node.enrol': { readonly nodeName: string; readonly endpoints: readonly string[]; readonly pins: readonly string[] };
  /** Enrol, then `kubeadm join` with the short-lived certificate. */
  'kubeadm.join': {
    readonly version: string;
    readonly nodeName: string;
    readonly endpoints: readonly string[];
    /** Fingerprints of the accepted control planes: the only servers it talks to. */
    readonly pins: readonly string[];
    readonly labels: Readonly<Record<string, string>>;
    readonly taints: readonly Taint[];
    /** The kubelet of an interrupted join has its certificate already: only the rest is done. */
    readonly resume: boolean;
  };
  /** Keep in the cluster what it was made with, so that a later change of it is noticed. */
  'bootstrap.record': Readonly<Record<string, never>>;
  /** Bring the RBAC of admission to what the accepted list says; remove kubeadm's tokens and auto-approve bindings. */
  'admission.access': { readonly apply: readonly string[]; readonly remove: readonly string[] };
  /** Set the labels and taints of the list on a Node. */
  'node.configure': {
    readonly node: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly addTaints: readonly Taint[];
  };
  /** Apply an add-on's objects and prune what left it. */
  'addon.apply': {
    readonly addon: string;
    readonly digest: string;
    readonly apply: readonly ObjectRef[];
    readonly prune: readonly ObjectRef[];
  };
  /** Delete every object of an add-on that left the repository, then its inventory. */
  'addon.remove': { readonly addon: string; readonly prune: readonly ObjectRef[] };
}

export type ActionKind = keyof ActionSpecs;

/** What an action may do to running work. */
export type Impact = 'safe' | 'disruptive' | 'destructive';

export type Scope = 'node' | 'cluster';

export type Action<K extends ActionKind = ActionKind> = {
  [P in K]: {
    readonly kind: P;
    /** In words: what is there, what is declared. */
    readonly reason: string;
    readonly impact: Impact;
    readonly scope: Scope;
    readonly spec: ActionSpecs[P];
  };
}[K];

/** Something declared that is not acted on, and why: shown by `plan` and `status`, never silently left out. */
export interface Held {
  readonly code: string;
  readonly subject: string;
  readonly reason: string;
}

/** The result of comparing the definition with what is there. `actions` is in the order of execution. */
export interface Plan {
  readonly actions: readonly Action[];
  readonly held: readonly Held[];
}
