import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AUTHORIZATION_DIRECTORY } from '../execute/kubeadm/configuration.ts';
import { findLeftovers } from '../platform/files.ts';
import { acquireLock, type Lock } from '../platform/lock.ts';
import type { Settings } from '../settings/settings.ts';

/**
 * Takes the machine's lock, and clears away what those who held it before were killed over: a half-written file may be a
 * private key. Only the identity is written without the lock; it is begun anew where its temporary file is swept away.
 *
 * @throws KubicError agent.locked
 */
export async function holdMachine({ stateDir, runtimeDir }: Pick<Settings, 'stateDir' | 'runtimeDir'>): Promise<Lock> {
  const lock = await acquireLock(join(runtimeDir, 'lock'));
  // a disk that lets nothing be removed is no reason not to begin: what needs to be written says so
  await Promise.allSettled([stateDir, runtimeDir, AUTHORIZATION_DIRECTORY].map(clearLeftovers));
  return lock;
}

async function clearLeftovers(directory: string): Promise<void> {
  for (const path of await findLeftovers(directory)) await rm(path, { force: true });
}
