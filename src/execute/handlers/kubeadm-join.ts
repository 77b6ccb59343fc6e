import { renderDiscoveryFile } from '../../admission/join/discovery-file.ts';
import { enrol } from '../../admission/join/enrol.ts';
import { refuseTakenName } from '../../admission/join/refuse-taken-name.ts';
import type { Admission } from '../../admission/join/verify-admission.ts';
import { waitForDenial } from '../../admission/join/wait-for-denial.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import type { Action } from '../../plan/actions.ts';
import { removeFile, writeFileAtomically } from '../../platform/files.ts';
import { BOOTSTRAP_KUBECONFIG } from '../../platform/host-paths.ts';
import { sideBySide } from '../../platform/side-by-side.ts';
import { recordMembership } from '../../state/membership-record.ts';
import { runtimePath } from '../../state/paths.ts';
import { renderJoinConfiguration } from '../kubeadm/configuration.ts';
import { enableKubelet, runKubeadm, validateConfiguration } from '../kubeadm/run-kubeadm.ts';
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

async function joinAnew({ spec }: Action<'kubeadm.join'>, deps: HandlerDeps): Promise<void> {
  const { settings, definition, progress } = deps;
  progress(`enrolling with ${spec.endpoints.join(', ')}`);
  const discoveryFile = discoveryFileOf(deps);
  const config = runtimePath(settings.runtimeDir, 'joinConfiguration');
  const configuration = renderJoinConfiguration(definition.cluster, { ...spec, name: spec.nodeName }, discoveryFile);
  try {
    await writeFileAtomically(discoveryFile, '', 0o600); // the validation looks whether it is there, not into it
    await writeFileAtomically(config, configuration, 0o600);
    const [admission] = await sideBySide([enrol(spec, deps), validateConfiguration(config, deps), enableKubelet(deps)]);
    const discovery = renderDiscoveryFile(admission);
    await sideBySide([refuseTakenName(admission, deps.signal), writeFileAtomically(discoveryFile, discovery, 0o600)]);
    await joinUnlessDenied(admission, config, deps);
  } finally {
    await removeFile(discoveryFile);
  }
}

/** kubeadm says nothing of a denied kubelet and only times out: the denial is watched for beside it. */
async function joinUnlessDenied(admission: Admission, config: string, deps: HandlerDeps): Promise<void> {
  const ended = new AbortController();
  const denied = new AbortController();
  const watching = AbortSignal.any([deps.signal, ended.signal]);
  let reason: string | undefined;
  const watch = waitForDenial(admission, watching).then(
    (told) => {
      reason = told;
      if (told !== undefined) denied.abort();
    },
    () => {}, // kubeadm, with the same certificate, tells what keeps the API server from answering
  );
  try {
    const signal = AbortSignal.any([deps.signal, denied.signal]);
    await runKubeadm(['join', '--config', config], 'kubeadm.join-failed', { ...deps, signal });
  } catch (cause) {
    if (reason === undefined) throw cause;
    throw new KubicError('admission.csr-denied', { detail: reason, cause });
  } finally {
    ended.abort();
    await watch;
  }
}
