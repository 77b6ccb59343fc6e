import { constants, open } from 'node:fs/promises';
import { readTextFile, writeFileAtomically } from '../../platform/files.ts';
import type { Identity } from './identity.ts';

export interface AnnouncePaths {
  readonly issue: string;
  readonly console: string;
}

const PATHS: AnnouncePaths = { issue: '/etc/issue.d/kubic-init.issue', console: '/dev/console' };

/**
 * Shows the fingerprint where whoever stands before the machine sees it: above the login prompt and on the console. A machine
 * may have neither; then the journal and `kubic-init identity` have to do.
 */
export async function announceFingerprint(
  identity: Pick<Identity, 'fingerprint'>,
  paths: AnnouncePaths = PATHS,
): Promise<void> {
  const text = `kubic-init identity of this machine: ${identity.fingerprint}\n`;
  await Promise.allSettled([writeIssue(paths.issue, text), writeConsole(paths.console, text)]);
}

async function writeIssue(path: string, text: string): Promise<void> {
  if ((await readTextFile(path)) !== text) await writeFileAtomically(path, text);
}

async function writeConsole(path: string, text: string): Promise<void> {
  // a serial line without a reader must not stop us, and the console must not become our terminal
  const file = await open(path, constants.O_WRONLY | constants.O_NOCTTY | constants.O_NONBLOCK);
  await file.write(`\r\n${text}`).finally(() => file.close());
}
