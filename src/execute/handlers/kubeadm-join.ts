import { renderDiscoveryFile } from '../../admission/join/discovery-file.ts';
import { enrol } from '../../admission/join/enrol.ts';
import { refuseTakenName } from '../../admission/join/refuse-taken-name.ts';
import { waitForDenial } from '../../admission/join/wait-for-denial.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import type { Action } from '../../plan/actions.ts';
import { removeFile, writeFileAtomically } from '../../platform/files.ts';
import { BOOTSTRAP_KUBECONFIG } from '../../platform/host-paths.ts';
import { fillPipe, makePipe } from '../../platform/pipe.ts';
import { sideBySide } from '../../platform/side-by-side.ts';
import { recordMembership } from '../../state/membership-record.ts';
import { runtimePath } from '../../state/paths.ts';
import { renderJoinConfiguration } from '../kubeadm/configuration.ts';
import { enableKubelet, KUBEADM_TIMEOUT_MS, runKubeadm, validateConfiguration } from '../kubeadm/run-kubeadm.ts';
import type { Handler, HandlerDeps } from './handler.ts';

/** Enrols, joins with the certificate got for it, and forgets that certificate. */
export const executeKubeadmJoin: Handler<'kubeadm.join'> = async (action, deps) => {
  const { spec } = action;
  if (spec.resume) {
    await removeFile(BOOTSTRAP_KUBECONFIG);
    await removeFile(discoveryFileOf(deps)); // of the join that was interrupted
    await deps.exec(['systemctl', 'enable', '--now', 'kubelet'], { signal: deps.signal });
  } else {
    await joinAnew(action, deps);
  }
  await recordMembership(deps.settings.stateDir, { role: 'worker', nodeName: spec.nodeName });
};

function discoveryFileOf({ settings }: HandlerDeps): string {
  return runtimePath(settings.runtimeDir, 'discovery');
}

/**
 * kubeadm is begun at once, beside the enrolment: it looks at the machine first, and then waits for its discovery file, which is a pipe.
 * It changes nothing before it has read that, and reads it once (cmd/kubeadm/app/cmd/phases/join/preflight.go, discovery/discovery.go in
 * 1.36): docs/adr/0017.
 */
async function joinAnew(action: Action<'kubeadm.join'>, deps: HandlerDeps): Promise<void> {
  const { spec } = action;
  const discovery = discoveryFileOf(deps);
  const config = runtimePath(deps.settings.runtimeDir, 'joinConfiguration');
  const configuration = renderJoinConfiguration(deps.definition.cluster, { ...spec, name: spec.nodeName }, discovery);
  const [ended, refused] = [new AbortController(), new AbortController()];
  try {
    await writeFileAtomically(config, configuration, 0o600);
    await makePipe(discovery, deps);
    const kubeadm = { ...deps, signal: AbortSignal.any([deps.signal, refused.signal]) };
    const joining = runKubeadm(['join', '--config', config], 'kubeadm.join-failed', kubeadm);
    const admitting = letIn(action, config, { ...deps, ended: ended.signal }).catch((error: unknown) => {
      refused.abort();
      throw error;
    });
    await sideBySide([admitting, joining.finally(() => ended.abort())]);
  } finally {
    await removeFile(discovery);
  }
}

interface LetInDeps extends HandlerDeps {
  /** Aborts when kubeadm has ended. */
  readonly ended: AbortSignal;
}

/**
 * Enrols, and gives kubeadm the certificate when nothing speaks against the join. kubeadm says nothing of a kubelet that is denied and only
 * times out: the denial is watched for as long as it runs.
 */
async function letIn({ spec }: Action<'kubeadm.join'>, config: string, deps: LetInDeps): Promise<void> {
  deps.progress(`enrolling with ${spec.endpoints.join(', ')}`);
  const [admission] = await sideBySide([enrol(spec, deps), validateConfiguration(config, deps), enableKubelet(deps)]);
  await refuseTakenName(admission, deps.signal);
  const signal = AbortSignal.any([deps.signal, deps.ended]);
  try {
    // its checks of the machine may take as long as all of kubeadm
    const options = { exec: deps.exec, signal, timeoutMs: KUBEADM_TIMEOUT_MS };
    await fillPipe(discoveryFileOf(deps), renderDiscoveryFile(admission), options);
  } catch (error) {
    if (deps.ended.aborted) return; // nobody reads any more: kubeadm tells why
    throw error;
  }
  // kubeadm, with the same certificate, tells what keeps the API server from answering
  const reason = await waitForDenial(admission, signal).catch(() => undefined);
  if (reason !== undefined) throw new KubicError('admission.csr-denied', { detail: reason });
}
