import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubeconfigSelection } from '../../../src/kube/user/load-user-kubeconfig.ts';
import { temporaryDirectory } from '../../admission/temporary-directory.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A kubeconfig with one context, `c`, of a user `u`. */
export function kubeconfigOf(cluster: Fields, user: Fields): Fields {
  return {
    'current-context': 'c',
    clusters: [{ name: 'k', cluster }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'c', context: { cluster: 'k', user: 'u' } }],
  };
}

/** Files in a directory that goes when the test ends; what begins with `#!` is a program. */
export async function directoryWith(files: Readonly<Record<string, unknown>>): Promise<string> {
  const directory = await temporaryDirectory();
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    await writeFile(join(directory, name), text, { mode: text.startsWith('#!') ? 0o700 : 0o600 });
  }
  return directory;
}

/** One file that has to be there. */
export function selected(directory: string, name = 'config'): KubeconfigSelection {
  return { files: [join(directory, name)], mustExist: true };
}
