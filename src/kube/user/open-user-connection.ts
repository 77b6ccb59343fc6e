import { connectKubeClient } from '../create-kube-client.ts';
import type { KubeClient } from '../kube-client.ts';
import type { KubeconfigSelection } from './load-user-kubeconfig.ts';
import { loadUserRoute } from './load-user-route.ts';
import type { CredentialOptions } from './user-credentials.ts';

/** Long enough for a login in a browser. */
const PLUGIN_MS = 5 * 60_000;

/**
 * A client for an administrator's kubeconfig, which may be any that kubectl takes. It may run the user's credential plugin, once now and once more
 * where the API server refuses what that gave.
 *
 * @throws KubicError kube.kubeconfig-invalid, kube.context-unknown, kube.credentials-failed, agent.aborted
 */
export function openUserConnection(
  selection: KubeconfigSelection,
  options: Pick<CredentialOptions, 'warn' | 'signal'>,
): Promise<KubeClient> {
  const warned = new Set<string>();
  const warn = (text: string): void => {
    if (!warned.has(text)) options.warn(text);
    warned.add(text);
  };
  const { signal } = options;
  return connectKubeClient(() => loadUserRoute(selection, { env: process.env, timeoutMs: PLUGIN_MS, warn, signal }));
}
