import { authorizationFiles } from '../../admission/access/authorization-configuration.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { writeFileAtomically } from '../../platform/files.ts';
import { sideBySide } from '../../platform/side-by-side.ts';
import { recordMembership } from '../../state/membership-record.ts';
import { runtimePath } from '../../state/paths.ts';
import { renderInitConfiguration } from '../kubeadm/configuration.ts';
import { enableKubelet, runKubeadm, validateConfiguration } from '../kubeadm/run-kubeadm.ts';
import type { Handler } from './handler.ts';

/** Bootstraps the cluster. The authorization configuration is there first, so that a later revocation needs no restart. */
export const executeKubeadmInit: Handler<'kubeadm.init'> = async ({ spec }, deps) => {
  const { definition, settings } = deps;
  const node = definition.accepted.find((candidate) => candidate.name === spec.nodeName);
  if (!node) throw new KubicError('agent.internal', { detail: `${spec.nodeName} is not in the list` });
  const config = runtimePath(settings.runtimeDir, 'initConfiguration');
  await writeFileAtomically(config, renderInitConfiguration(definition.cluster, node, spec.resume), 0o600);
  await sideBySide([validateConfiguration(config, deps), enableKubelet(deps)]);
  for (const file of authorizationFiles([])) await writeFileAtomically(file.path, file.content, 0o600);
  await runKubeadm(['init', '--config', config, '--skip-token-print'], 'kubeadm.init-failed', deps);
  await recordMembership(settings.stateDir, { role: 'control-plane', nodeName: spec.nodeName });
};
