import type { FieldDrift } from '../addons/drift/describe-drift.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import type { Plan as PlanDocument } from '../generated/plan.generated.ts';

/** One action as `plan -o json` prints it: schemas/plan.schema.json has every kind, with the facts that its handler needs. */
type AnyAction = PlanDocument['actions'][number];

/** A kind without a description (describe.ts) or a handler (execute/handlers/) does not compile. */
export type ActionKind = AnyAction['kind'];

/** What an action may do to running work. */
export type Impact = 'safe' | 'disruptive' | 'destructive';

/** Actions are plain data: they are journalled, printed and compared. */
export type Action<K extends ActionKind = ActionKind> = Extract<AnyAction, { readonly kind: K }>;

/** Something declared that is not acted on, and why: shown by `plan` and `status`, never silently left out. */
export interface Held {
  /** An error code: `kubic-init explain` says more. */
  readonly code: ErrorCode;
  readonly subject: string;
  readonly reason: string;
  /** The digest that lets it go once a commit lists it in guards.confirm; absent where no commit can. */
  readonly confirm?: string;
  /** The fields that are not as declared, where somebody changed an object. */
  readonly fields?: readonly FieldDrift[];
}

/** The result of comparing the definition with what is there. `actions` is in the order of execution. */
export interface Plan {
  readonly actions: readonly Action[];
  readonly held: readonly Held[];
}
