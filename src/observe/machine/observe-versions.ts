import type { MachineState } from '../../plan/actual.ts';
import type { Exec } from '../../platform/exec.ts';

export type ProgramVersions = Pick<MachineState, 'kubeadmVersion' | 'kubeletVersion'>;

/** Which kubeadm and kubelet are installed. They are programs of some 50 ms each: begin it early, and wait for it late. */
export async function observeVersions(exec: Exec): Promise<ProgramVersions> {
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
