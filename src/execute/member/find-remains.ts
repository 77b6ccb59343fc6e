import { join } from 'node:path';
import { ownedFiles } from '../../generated/owned-files.generated.ts';
import { findUnfinishedWrites, listDirectory, pathExists } from '../../platform/files.ts';
import { AUTHORIZATION_DIRECTORY, ETCD_MEMBER_DIRECTORY, KUBEADM_FILES } from '../../platform/host-paths.ts';
import { STATE_FILES, statePath } from '../../state/paths.ts';

/** The directory of CNI stays, emptied: containerd's CRI ends, and containerd is started anew, when it is gone (kubeadm then finds no runtime). */
const CNI_DIRECTORY = '/etc/cni/net.d';

/** Directories that `kubeadm reset` empties, whatever is in them. */
const EMPTIED_BY_KUBEADM = ['/etc/kubernetes/manifests', '/etc/kubernetes/pki', '/var/lib/kubelet'];

export interface MachineDirectories {
  readonly stateDir: string;
  readonly runtimeDir: string;
}

/** What a machine has of its membership, and what a reset therefore removes. */
export interface Remains {
  /** Files and directories that are there. */
  readonly paths: readonly string[];
  /** Directories that are there and that `kubeadm reset` empties. */
  readonly emptied: readonly string[];
  /** True where a reset removes the cluster's data on this machine. */
  readonly etcdData: boolean;
}

/**
 * What is there to be removed, the temporary files of writers that were killed among it: one may hold a private key.
 *
 * @param forgetIdentity with the identity key, and what was learnt of the repository by its trust
 */
export async function findRemains(directories: MachineDirectories, forgetIdentity: boolean): Promise<Remains> {
  const { stateDir, runtimeDir } = directories;
  const names = Object.keys(STATE_FILES) as (keyof typeof STATE_FILES)[];
  const remembered = names.filter((name) => forgetIdentity || STATE_FILES[name].atReset !== 'trust');
  const candidates = [
    ...KUBEADM_FILES,
    ETCD_MEMBER_DIRECTORY,
    AUTHORIZATION_DIRECTORY,
    ...ownedFiles.map((file) => file.path),
    ...remembered.map((name) => statePath(stateDir, name)),
  ];
  const unfinished = await Promise.all([stateDir, runtimeDir].map(findUnfinishedWrites));
  const paths = [...(await present(candidates)), ...(await entriesOf(CNI_DIRECTORY)), ...unfinished.flat()];
  return { paths, emptied: await present(EMPTIED_BY_KUBEADM), etcdData: paths.includes(ETCD_MEMBER_DIRECTORY) };
}

async function entriesOf(directory: string): Promise<string[]> {
  return (await listDirectory(directory)).map((name) => join(directory, name));
}

async function present(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map(pathExists));
  return paths.filter((_, index) => found[index]);
}
