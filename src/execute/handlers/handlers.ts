import type { RenderedAddon } from '../../addons/kube-object.ts';
import type { EnrolmentState } from '../../admission/enrol.ts';
import type { Identity } from '../../admission/identity.ts';
import type { Definition } from '../../definition/definition.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import type { Action, ActionKind } from '../../plan/actions.ts';
import type { Exec } from '../../platform/exec.ts';
import type { Settings } from '../../settings/settings.ts';
import { executeAddonApply } from './addon-apply.ts';
import { executeAddonRemove } from './addon-remove.ts';
import { executeAdmissionAccess } from './admission-access.ts';
import { executeBootstrapRecord } from './bootstrap-record.ts';
import { executeControlPlaneWait } from './control-plane-wait.ts';
import { executeHostConfigure } from './host-configure.ts';
import { executeKubeadmClean } from './kubeadm-clean.ts';
import { executeKubeadmInit } from './kubeadm-init.ts';
import { executeKubeadmJoin } from './kubeadm-join.ts';
import { executeNodeConfigure } from './node-configure.ts';
import { executeNodeEnrol } from './node-enrol.ts';

/** What handlers may use. */
export interface HandlerDeps {
  readonly settings: Settings;
  readonly identity: Identity;
  readonly definition: Definition;
  readonly rendered: readonly RenderedAddon[];
  readonly exec: Exec;
  /** The API server as cluster administrator; only a control plane has it, and only once it is initialised. */
  readonly adminClient: () => Promise<KubeClient>;
  /** Cancels a wait: a second signal, or a newer head. */
  readonly signal: AbortSignal;
  /** What an enrolment endpoint answered, for the status. */
  readonly onEnrolment: (state: EnrolmentState) => void;
  /** One line for the people who watch. */
  readonly progress: (text: string) => void;
}

/** Each is idempotent: begun anew after a crash at any point it ends in the same state. Throws a KubicError. */
export type Handler<K extends ActionKind> = (action: Action<K>, deps: HandlerDeps) => Promise<void>;

export const handlers: { readonly [K in ActionKind]: Handler<K> } = {
  'host.configure': executeHostConfigure,
  'kubeadm.clean': executeKubeadmClean,
  'kubeadm.init': executeKubeadmInit,
  'control-plane.wait': executeControlPlaneWait,
  'node.enrol': executeNodeEnrol,
  'kubeadm.join': executeKubeadmJoin,
  'bootstrap.record': executeBootstrapRecord,
  'admission.access': executeAdmissionAccess,
  'node.configure': executeNodeConfigure,
  'addon.apply': executeAddonApply,
  'addon.remove': executeAddonRemove,
};
