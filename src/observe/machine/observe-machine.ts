import { X509Certificate } from 'node:crypto';
import type { Definition } from '../../definition/definition.ts';
import { hashOfCA } from '../../pki/hash-of-ca.ts';
import type { MachineState } from '../../plan/actual.ts';
import { pathExists, readTextFile } from '../../platform/files.ts';
import {
  CLUSTER_CA_FILE,
  ETCD_MEMBER_DIRECTORY,
  KUBEADM_FILES,
  KUBELET_CERTIFICATE,
  KUBELET_KUBECONFIG,
} from '../../platform/host-paths.ts';
import { askControlPlane } from './ask-control-plane.ts';
import { observeControlPlane } from './observe-control-plane.ts';
import { observeMembership } from './observe-membership.ts';
import { observeOwnedFiles } from './observe-owned-files.ts';
import type { ProgramVersions } from './observe-versions.ts';

/** What a machine goes by. */
export interface ThisMachine {
  /** The name this machine goes by until its key is bound to another: the settings' nodeName, else the hostname. */
  readonly claimedName: string;
  /** `SHA256:…` */
  readonly fingerprint: string;
}

export interface ObserveMachineDeps {
  /** Of the programs, as begun to be observed: they stay the same while a sync lasts. */
  readonly versions: Promise<ProgramVersions>;
  readonly stateDir: string;
  readonly journalFile: string;
  readonly machine: ThisMachine;
  readonly signal?: AbortSignal;
}

/** What is true on this machine. */
export async function observeMachine(definition: Definition, deps: ObserveMachineDeps): Promise<MachineState> {
  const kubeadmFiles = await filter([...KUBEADM_FILES, ETCD_MEMBER_DIRECTORY], pathExists);
  const membership = await observeMembership(deps.stateDir, deps.journalFile, kubeadmFiles);
  const isMember = membership.state === 'member';
  const etcdData = kubeadmFiles.includes(ETCD_MEMBER_DIRECTORY);
  const clusterCA = await observeClusterCA();
  const isControlPlane = isMember && membership.role === 'control-plane';
  return {
    claimedName: deps.machine.claimedName,
    fingerprint: deps.machine.fingerprint,
    membership,
    differingFiles: await observeOwnedFiles(deps.journalFile),
    etcdData,
    // the kubelet writes its kubeconfig when it begins to ask for the certificate that this names
    kubeletConfigured: kubeadmFiles.includes(KUBELET_KUBECONFIG) && (await pathExists(KUBELET_CERTIFICATE)),
    kubeadmFiles,
    ...(clusterCA !== undefined && { clusterCA }),
    ...(isControlPlane && { controlPlaneProblems: await observeControlPlane(deps.signal) }),
    ...(await deps.versions),
    ...(!isMember &&
      !etcdData &&
      mayBootstrap(definition, deps.machine) &&
      (await observeEndpoint(definition, deps.signal))),
  };
}

async function filter<T>(values: readonly T[], predicate: (value: T) => Promise<boolean>): Promise<T[]> {
  const kept = await Promise.all(values.map(predicate));
  return values.filter((_, index) => kept[index]);
}

/** The hash of the cluster CA on this machine; undefined where there is none. */
async function observeClusterCA(): Promise<string | undefined> {
  const pem = await readTextFile(CLUSTER_CA_FILE);
  if (pem === undefined) return undefined;
  try {
    return hashOfCA(new X509Certificate(pem));
  } catch {
    return undefined; // half-written by a kubeadm that was killed: the rules treat it as absent
  }
}

/** The seeder is asked for by name where the list does not bind it to a key yet: then any machine may be it. */
function mayBootstrap({ cluster, accepted }: Definition, { fingerprint }: ThisMachine): boolean {
  return accepted.some(({ name, key }) => name === cluster.seeder && (key === undefined || key === fingerprint));
}

async function observeEndpoint(
  { cluster }: Definition,
  signal: AbortSignal | undefined,
): Promise<Pick<MachineState, 'endpointAnswer'>> {
  return { endpointAnswer: await askControlPlane(cluster.controlPlaneEndpoint, signal) };
}
