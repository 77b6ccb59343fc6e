import { KubicError } from '../errors/kubic-error.ts';
import type { PendingDocument } from './pending.ts';
import type { PendingMachine } from './pending-queue.ts';

/**
 * The one machine that asked for a name, or the control plane of that name that publishes the list (the seeder, after its bootstrap).
 *
 * @throws KubicError admission.not-found-pending, admission.several-pending
 */
export function chooseMachine(
  name: string,
  document: PendingDocument | undefined,
): Pick<PendingMachine, 'fingerprint'> & Partial<PendingMachine> {
  const machines: (Pick<PendingMachine, 'fingerprint'> & Partial<PendingMachine>)[] =
    document?.pending.filter((machine) => machine.name === name) ?? [];
  if (document?.publisher.name === name) machines.push({ fingerprint: document.publisher.fingerprint });
  const [machine, ...others] = machines;
  if (!machine) throw new KubicError('admission.not-found-pending', { detail: name });
  if (others.length > 0) {
    const detail = `${name}: ${machines.map(({ fingerprint }) => fingerprint).join(', ')}`;
    throw new KubicError('admission.several-pending', { detail });
  }
  return machine;
}
