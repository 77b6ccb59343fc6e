import { X509Certificate } from 'node:crypto';
import type { Definition } from '../../definition/definition.ts';
import { hashOfCA } from '../../pki/hash-of-ca.ts';
import type { MachineState } from '../../plan/actual.ts';
import type { Exec } from '../../platform/exec.ts';
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

/** What a machine goes by. */
export interface ThisMachine {
  /** The name this machine goes by until its key is bound to another: the settings' nodeName, else the hostname. */
  readonly claimedName: string;
  /** `SHA256:…` */
  readonly fingerprint: string;
}

export interface ObserveMachineDeps {
  readonly exec: Exec;
  readonly stateDir: string;
  readonly journalFile: string;
  readonly machine: ThisMachine;
  readonly signal?: AbortSignal;
}

/** What is true on this machine. */
export async function observeMachine(definition: Definition, deps: ObserveMachineDeps): Promise<MachineState> {
  const versions = observeVersions(deps.exec); // programs of some 50 ms each: beside all that follows
  versions.catch(() => {}); // it is waited for below, unless something else fails first
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
    ...(await versions),
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

async function observeVersions(exec: Exec): Promise<Pick<MachineState, 'kubeadmVersion' | 'kubeletVersion'>> {
  const [kubeadm, kubelet] = await Promise.all([
    readVersion(exec, ['kubeadm', 'version', '--output', 'short']),
    readVersion(exec, ['kubelet', '--version']),
  ]);
  return {
    ...(kubeadm !== undefined && { kubeadmVersion: kubeadm }),
    ...(kubelet !== undefined && { kubeletVersion: kubelet }),
  };
}

/** `v1.36.3`, from an answer such as `Kubernetes v1.36.3`; undefined where the program is not installed. */
async function readVersion(exec: Exec, argv: readonly [string, ...string[]]): Promise<string | undefined> {
  const { stdout, exitCode } = await exec(argv, { allowedExitCodes: [0, 1, 127] });
  return exitCode === 0 ? /v\d+\.\d+\.\d+\S*/.exec(stdout)?.[0] : undefined;
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
