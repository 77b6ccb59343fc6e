import type { LoadObjects, RenderedAddon } from '../../addons/rendered-addon.ts';
import type { Identity } from '../../admission/identity/identity.ts';
import type { EnrolmentState } from '../../admission/join/enrol.ts';
import type { Definition } from '../../definition/definition.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import type { Action, ActionKind } from '../../plan/actions.ts';
import type { Exec } from '../../platform/exec.ts';
import type { Settings } from '../../settings/settings.ts';

/** What handlers may use. */
export interface HandlerDeps {
  readonly settings: Settings;
  readonly identity: Identity;
  readonly definition: Definition;
  readonly rendered: readonly RenderedAddon[];
  /** Reads objects of an add-on, by their keys as declared: they are held no longer than they are worked with. */
  readonly loadObjects: LoadObjects;
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

/** A handler executes one kind of action. It is idempotent: begun anew after a crash at any point it ends in the same state. Throws a KubicError. */
export type Handler<K extends ActionKind> = (action: Action<K>, deps: HandlerDeps) => Promise<void>;
