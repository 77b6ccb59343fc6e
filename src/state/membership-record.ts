import { KubicError } from '../errors/kubic-error.ts';
import { readTextFile, writeFileAtomically } from '../platform/files.ts';
import { isCorrupt } from './is-corrupt.ts';
import { statePath } from './paths.ts';

/** What this machine became a member as: written when init or join has ended well, before the journal says so. */
export interface MembershipRecord {
  readonly role: 'control-plane' | 'worker';
  readonly nodeName: string;
  /** ISO 8601. */
  readonly since: string;
}

/** Writes down what this machine is a member as, from now on. @throws KubicError agent.state-unwritable */
export async function recordMembership(stateDir: string, record: Omit<MembershipRecord, 'since'>): Promise<void> {
  const content = { ...record, since: new Date().toISOString() };
  await writeFileAtomically(statePath(stateDir, 'membership'), `${JSON.stringify(content, null, 2)}\n`, 0o600);
}

/** The record, or undefined where there is none. An unreadable one is an error: a guess here could cost a cluster. */
export async function loadMembership(stateDir: string): Promise<MembershipRecord | undefined> {
  try {
    const text = await readTextFile(statePath(stateDir, 'membership'));
    if (text === undefined) return undefined;
    const record = JSON.parse(text) as Partial<MembershipRecord> | null;
    const isMember = record?.role === 'control-plane' || record?.role === 'worker';
    if (isMember && typeof record.nodeName === 'string') return record as MembershipRecord;
  } catch (error) {
    if (!isCorrupt(error)) throw error;
  }
  throw new KubicError('agent.state-corrupt', {
    detail: statePath(stateDir, 'membership'),
    hint: 'Restore it from a backup, or write it by hand: {"role": "worker" or "control-plane", "nodeName": "…"}.',
    retry: 'never',
  });
}
