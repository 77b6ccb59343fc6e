import type { PendingMachine } from '../admission/door/pending-queue.ts';
import type { PendingDocument } from '../admission/pending.ts';
import { KubicError } from '../errors/kubic-error.ts';

export type AskingMachine = Pick<PendingMachine, 'fingerprint'> & Partial<PendingMachine>;

/**
 * The one machine that asked for a name, or the control plane of that name that publishes the list (the seeder, after its bootstrap).
 *
 * @throws KubicError admission.not-found-pending, admission.several-pending
 */
export function chooseMachine(name: string, document: PendingDocument | undefined): AskingMachine {
  const machines = machinesOf(name, document);
  const [machine, ...others] = machines;
  if (!machine) throw new KubicError('admission.not-found-pending', { detail: name });
  if (others.length > 0) {
    const detail = `${name}: ${machines.map(({ fingerprint }) => fingerprint).join(', ')}`;
    throw new KubicError('admission.several-pending', { detail });
  }
  return machine;
}

/**
 * Refuses a fingerprint where only machines with other keys ask for the name: it was mistyped, or the machine is not the one meant.
 *
 * @throws KubicError admission.other-key-pending
 */
export function refuseOtherKey(name: string, fingerprint: string, document: PendingDocument | undefined): void {
  const found = machinesOf(name, document).map((machine) => machine.fingerprint);
  if (found.length === 0 || found.includes(fingerprint)) return;
  if (document?.pending.some((machine) => machine.fingerprint === fingerprint)) return; // it asked under another name
  const detail = `${name} is ${found.join(', ')}; given was ${fingerprint}`;
  throw new KubicError('admission.other-key-pending', { detail });
}

function machinesOf(name: string, document: PendingDocument | undefined): readonly AskingMachine[] {
  if (document === undefined) return [];
  const { pending, publisher } = document;
  const machines: AskingMachine[] = pending.filter((machine) => machine.name === name);
  return publisher.name === name ? [...machines, { fingerprint: publisher.fingerprint }] : machines;
}
