import type { Status } from '../generated/status.generated.ts';
import { readTextFile, writeFileAtomically } from '../platform/files.ts';
import { statePath } from './paths.ts';

/** The last status, or undefined where there is none or where it is unreadable: it is only ever made anew. */
export async function loadStatus(stateDir: string): Promise<Status | undefined> {
  try {
    const text = await readTextFile(statePath(stateDir, 'status'));
    return text === undefined ? undefined : (JSON.parse(text) as Status);
  } catch {
    return undefined;
  }
}

/** Writes the status that `status` prints. @throws KubicError agent.state-unwritable */
export async function writeStatus(stateDir: string, status: Status): Promise<void> {
  await writeFileAtomically(statePath(stateDir, 'status'), `${JSON.stringify(status, null, 2)}\n`);
}
