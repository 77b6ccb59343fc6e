import { join } from 'node:path';
import { readTextFile, writeFileAtomically } from '../platform/files.ts';

/** What this machine became a member as: written when init or join has ended well, before the journal says so. */
export interface MembershipRecord {
  readonly role: 'control-plane' | 'worker';
  readonly nodeName: string;
  /** ISO 8601. */
  readonly since: string;
}

export function membershipFile(stateDir: string): string {
  return join(stateDir, 'membership.json');
}

export async function recordMembership(stateDir: string, record: Omit<MembershipRecord, 'since'>): Promise<void> {
  const content = { ...record, since: new Date().toISOString() };
  await writeFileAtomically(membershipFile(stateDir), `${JSON.stringify(content, null, 2)}\n`, 0o600);
}

/** The record, or undefined where there is none. An unreadable one is an error: a guess here could cost a cluster. */
export async function loadMembership(stateDir: string): Promise<MembershipRecord | undefined> {
  const text = await readTextFile(membershipFile(stateDir));
  if (text === undefined) return undefined;
  return JSON.parse(text) as MembershipRecord;
}
