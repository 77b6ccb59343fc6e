import type { ErrorCode } from '../../errors/catalogue.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { toKubicError } from '../../errors/to-kubic-error.ts';
import type { HandlerDeps } from '../handlers/handler.ts';

type KubeadmDeps = Pick<HandlerDeps, 'exec' | 'progress' | 'signal'>;

export const KUBEADM_TIMEOUT_MS = 15 * 60_000; // images are pulled within

/**
 * `kubeadm config validate`: unknown fields and wrong values of the user's overrides, told before kubeadm changes anything. That the kubelet
 * is to start at boot is said beside it: where this throws, that may be done.
 *
 * @throws KubicError kubeadm.invalid-configuration
 */
export async function validateConfiguration(config: string, { exec, signal }: KubeadmDeps): Promise<void> {
  try {
    await exec(['kubeadm', 'config', 'validate', '--config', config], { signal });
  } catch (cause) {
    throw kubeadmError('kubeadm.invalid-configuration', cause);
  }
}

/** Lets the kubelet start at boot. kubeadm starts it now, and has systemd reload its units itself (util/initsystem). */
export async function enableKubelet({ exec, signal }: Pick<KubeadmDeps, 'exec' | 'signal'>): Promise<void> {
  await exec(['systemctl', 'enable', '--no-reload', 'kubelet'], { signal });
}

/** Runs kubeadm to its end, its phases shown as progress. */
export async function runKubeadm(
  args: readonly string[],
  failure: ErrorCode,
  { exec, progress, signal }: KubeadmDeps,
): Promise<void> {
  const onLine = (line: string): void => {
    // `[certs] Generating "ca" certificate and key`, `	[ERROR Port-10250]: Port 10250 is in use`; the rest is advice
    if (/^(\[|\s*\[ERROR )/.test(line)) progress(line.trim());
  };
  try {
    await exec(['kubeadm', ...args], { timeoutMs: KUBEADM_TIMEOUT_MS, signal, onLine });
  } catch (cause) {
    throw kubeadmError(failure, cause);
  }
}

function kubeadmError(code: ErrorCode, cause: unknown): KubicError {
  const error = toKubicError(cause);
  if (error.code !== 'agent.command-failed') return error;
  const output = error.facts.output;
  const lines = (Array.isArray(output) ? output : []).map((line) => String(line).trim());
  const preflight = lines.filter((line) => line.startsWith('[ERROR ')); // each check that failed, in a line of its own
  const others = lines.filter((line) => /error|fail/i.test(line) && !/stack trace|make a check non-fatal/.test(line));
  const told = preflight.length > 0 ? preflight : others.slice(-3);
  return new KubicError(code, { detail: told.join(' ') || error.message, facts: error.facts, cause });
}
