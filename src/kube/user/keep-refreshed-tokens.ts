import { readFile, realpath, stat } from 'node:fs/promises';
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
  const { mode, uid, gid } = await stat(path);
  // it stays its owner's where root writes it for somebody (sudo)
  const owner = { uid, gid };
  await writeFileAtomically(path, document.toString({ lineWidth: 0 }), mode & 0o777, owner);
}
