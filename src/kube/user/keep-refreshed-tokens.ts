import { readFile, realpath, stat, truncate, writeFile } from 'node:fs/promises';
import { isMap, isSeq, parseDocument } from 'yaml';
import { writeFileAtomically } from '../../platform/files.ts';

/** What an OIDC provider gave: the refresh token before it may be good no more. */
export interface RefreshedTokens {
  readonly 'id-token': string;
  readonly 'refresh-token'?: string | undefined;
}

/**
 * Writes refreshed tokens into the kubeconfig that names the user, as kubectl does: a provider that takes a refresh token once would let nobody in
 * by the old one. The rest of the file stays as it is; a link stays one. client-node keeps them in memory alone.
 *
 * @throws KubicError agent.state-unwritable, or an error of the file system
 */
export async function keepRefreshedTokens(file: string, userName: string, tokens: RefreshedTokens): Promise<void> {
  const path = await realpath(file);
  const document = parseDocument(await readFile(path, 'utf8'), { version: '1.1', uniqueKeys: false });
  const users = document.get('users');
  if (!isSeq(users)) return;
  const index = users.items.findIndex((item) => isMap(item) && item.get('name') === userName);
  const config = ['users', index, 'user', 'auth-provider', 'config'];
  if (index < 0 || document.getIn(config) === undefined) return; // edited meanwhile
  for (const [key, token] of Object.entries(tokens)) if (token !== undefined) document.setIn([...config, key], token);
  await replaceText(path, document.toString({ lineWidth: 0 }));
}

/** It stays its owner's, and its group's, where root writes it for somebody (sudo). Not everybody may give a file away: what is in it is kept all the same. */
async function replaceText(path: string, text: string): Promise<void> {
  const { mode, uid, gid } = await stat(path);
  try {
    await writeFileAtomically(path, text, mode & 0o777, { uid, gid });
  } catch (error) {
    if (!isRefused(error)) throw error;
    // a new file of ours would have another group, which is to read nothing; another's file is written as it stands, as kubectl does
    if (uid === process.geteuid?.()) await writeFileAtomically(path, text, mode & 0o707);
    else await writeFile(path, text, { flag: 'r+', flush: true }).then(() => truncate(path, Buffer.byteLength(text)));
  }
}

/** True for what a kernel says to who may not give a file away, or make one beside it; not for a disk that is full. */
function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && ['EPERM', 'EINVAL', 'EACCES'].includes(String(cause.code));
}
