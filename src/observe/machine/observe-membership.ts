import type { Membership } from '../../plan/actual.ts';
import { type JournalRecord, loadJournal } from '../../state/journal.ts';
import { loadMembership } from '../../state/membership-record.ts';

/**
 * Whether this machine is a member, was interrupted on the way, or carries state of somebody else's making. The record
 * of membership decides; without one, the journal's last word on init, join and clean; without that, kubeadm's files.
 */
export async function observeMembership(
  stateDir: string,
  journalFile: string,
  kubeadmFiles: readonly string[],
): Promise<Membership> {
  const record = await loadMembership(stateDir);
  if (record) return { state: 'member', role: record.role, nodeName: record.nodeName };
  const by = interruptedBy(await loadJournal(journalFile));
  if (by !== undefined && kubeadmFiles.length > 0) return { state: 'interrupted', by };
  const [evidence] = kubeadmFiles;
  return evidence === undefined ? { state: 'none' } : { state: 'foreign', evidence: `${evidence} is there` };
}

/**
 * The init or join that was begun last, unless what it left was cleaned since. One that was done is not interrupted: its
 * record of membership is written before, so where that is missing it was lost.
 */
export function interruptedBy(records: readonly JournalRecord[]): 'init' | 'join' | undefined {
  const last = records.findLast(
    ({ kind, event }) =>
      kind === 'kubeadm.init' || kind === 'kubeadm.join' || (kind === 'kubeadm.clean' && event === 'done'),
  );
  if (last?.event === 'done') return undefined;
  if (last?.kind === 'kubeadm.init') return 'init';
  return last?.kind === 'kubeadm.join' ? 'join' : undefined;
}
