import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { renderDiscoveryFile } from '../../admission/discovery-file.ts';
import { enrol } from '../../admission/enrol.ts';
import type { Action } from '../../plan/actions.ts';
import { writeFileAtomically } from '../../platform/files.ts';
import { BOOTSTRAP_KUBECONFIG } from '../../platform/host-paths.ts';
import { renderJoinConfiguration } from '../kubeadm/configuration.ts';
import { runKubeadm, validateConfiguration } from '../kubeadm/run-kubeadm.ts';
import { recordMembership } from '../membership-record.ts';
import type { Handler, HandlerDeps } from './handlers.ts';

/** Enrols, joins with the certificate got for it, and forgets that certificate. */
export const executeKubeadmJoin: Handler<'kubeadm.join'> = async (action, deps) => {
  const { spec } = action;
  await deps.exec(['systemctl', 'enable', 'kubelet'], { signal: deps.signal });
  if (spec.resume) {
    await rm(BOOTSTRAP_KUBECONFIG, { force: true });
    await deps.exec(['systemctl', 'start', 'kubelet'], { signal: deps.signal });
  } else {
    await joinAnew(action, deps);
  }
  await recordMembership(deps.settings.stateDir, { role: 'worker', nodeName: spec.nodeName });
};

async function joinAnew({ spec }: Action<'kubeadm.join'>, deps: HandlerDeps): Promise<void> {
  const { settings, definition, progress } = deps;
  progress(`enrolling with ${spec.endpoints.join(', ')}`);
  const admission = await enrol(spec, deps);
  const discoveryFile = join(settings.runtimeDir, 'discovery.conf');
  const config = join(settings.runtimeDir, 'kubeadm-join.yaml');
  try {
    await writeFileAtomically(discoveryFile, renderDiscoveryFile(admission), 0o600);
    await writeFileAtomically(
      config,
      renderJoinConfiguration(definition.cluster, { ...spec, name: spec.nodeName }, discoveryFile),
      0o600,
    );
    await validateConfiguration(config, deps);
    await runKubeadm(['join', '--config', config], 'kubeadm.join-failed', deps);
  } finally {
    await rm(discoveryFile, { force: true });
  }
}
