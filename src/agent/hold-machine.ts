import { findUnfinishedWrites, removeFile } from '../platform/files.ts';
import { AUTHORIZATION_DIRECTORY } from '../platform/host-paths.ts';
import { acquireLock } from '../platform/lock.ts';
import type { Settings } from '../settings/settings.ts';
import { runtimePath, statePath } from '../state/paths.ts';
import type { SyncSignals } from './run-sync.ts';

/**
 * Does the work under the machine's lock, once what those who held it before were killed over is cleared away: a half-written
 * file may be a private key. Only the identity is written without the lock; it is begun anew where its temporary file is swept
 * away. Should the lock be lost, the work is aborted.
 *
 * @throws KubicError agent.locked, agent.lock-lost
 */
export async function holdMachine<T>(
  { stateDir, runtimeDir }: Pick<Settings, 'stateDir' | 'runtimeDir'>,
  { stopSignal, signal }: SyncSignals,
  work: (signals: SyncSignals) => Promise<T>,
): Promise<T> {
  const lock = await acquireLock(runtimePath(runtimeDir, 'lock'));
  const orLost = (other: AbortSignal): AbortSignal => AbortSignal.any([other, lock.lost]);
  try {
    // a disk that lets nothing be removed is no reason not to begin: what needs to be written says so
    await Promise.allSettled(
      [
        stateDir,
        statePath(stateDir, 'inventories'),
        statePath(stateDir, 'rendered'),
        runtimeDir,
        AUTHORIZATION_DIRECTORY,
      ].map(clearUnfinishedWrites),
    );
    const result = await work({ stopSignal: orLost(stopSignal), signal: orLost(signal) });
    lock.lost.throwIfAborted();
    return result;
  } finally {
    await lock.release(); // held, it would keep this process from ending
  }
}

async function clearUnfinishedWrites(directory: string): Promise<void> {
  for (const path of await findUnfinishedWrites(directory)) await removeFile(path);
}
