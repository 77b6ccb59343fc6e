import { KubicError } from '../../errors/kubic-error.ts';
import { pathExists, removeFile } from '../../platform/files.ts';
import { ETCD_MEMBER_DIRECTORY, KUBEADM_FILES } from '../../platform/host-paths.ts';
import type { Handler } from './handler.ts';

/**
 * Removes what an interrupted init or join of ours left. Looks once more whether etcd has data, for between plan and now
 * a static pod may have come up; and should it come up after that, kubeadm has no phase here that would remove data.
 */
export const executeKubeadmClean: Handler<'kubeadm.clean'> = async ({ spec }, { exec, progress, signal }) => {
  await exec(['systemctl', 'stop', 'kubelet'], { signal });
  if (await pathExists(ETCD_MEMBER_DIRECTORY)) {
    throw new KubicError('kubeadm.etcd-data', { detail: 'etcd started meanwhile', retry: 'soon' });
  }
  progress(`kubeadm reset, after an interrupted ${spec.interrupted}`);
  // the phase that is left out empties etcd's data directory (cmd/phases/reset/removeetcdmember.go in kubeadm)
  const reset = ['kubeadm', 'reset', '--force', '--skip-phases=remove-etcd-member'] as const;
  await exec(reset, { timeoutMs: 180_000, signal, onLine: progress });
  // reset leaves what it has not written itself, a half-written file of a killed kubeadm among it
  for (const path of KUBEADM_FILES) await removeFile(path);
};
