import type { ErrorCode } from '../../errors/catalogue.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { reviveError } from '../../errors/revive-error.ts';

/** What an administrator can do where they sit: the catalogue speaks to who keeps a machine, whose next sync tries again. */
const HINTS: Partial<Record<ErrorCode, string>> = {
  'kube.unreachable':
    'Run `kubectl get nodes` with the same kubeconfig and context. If it does not answer either, look at the address in the kubeconfig, VPN and proxy; then at the control plane.',
  'kube.unauthorized':
    'Run `kubectl get nodes` with the same kubeconfig. Its credentials are no longer accepted: log in anew, or copy admin.conf from a control plane again (kubeadm renews it once a year).',
  'kube.forbidden':
    'This user may not read it: see `kubectl auth can-i list configmaps -n kube-system` and `kubectl auth can-i list nodes`, and ask the administrator of the cluster.',
  'kube.timeout': 'Try again; look at the load of the control plane if it stays so.',
  'kube.overloaded': 'Try again in a while; look at the load of the control plane if it stays so.',
  'kube.conflict': 'Try again.',
  'kube.not-found': 'Check that the kubeconfig is of this cluster, and that kubic-init runs on its control plane.',
  'kube.unknown-kind': 'Check that the kubeconfig is of this cluster, and that kubic-init runs on its control plane.',
};

/** An error of the API server with a hint for a laptop. Other errors, and what an occurrence says of itself, stay as they are. */
export function asForKubectl(error: unknown): unknown {
  if (!(error instanceof KubicError)) return error;
  const hint = HINTS[error.code];
  if (hint === undefined || error.hint !== new KubicError(error.code).hint) return error;
  const { code, message, facts, retry } = error;
  return reviveError({ code, message, facts, retry, hint });
}
