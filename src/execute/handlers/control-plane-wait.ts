import { setTimeout as delay } from 'node:timers/promises';
import { KubicError } from '../../errors/kubic-error.ts';
import { observeControlPlane } from '../../observe/machine/observe-control-plane.ts';
import type { Handler } from './handler.ts';

const TIMEOUT_MS = 4 * 60_000;
const POLL_MS = 250;

/** Waits, cancellably, until nothing is wrong with the control plane on this machine. */
export const executeControlPlaneWait: Handler<'control-plane.wait'> = async (_action, deps) => {
  const deadline = performance.now() + TIMEOUT_MS;
  let shown = '';
  for (;;) {
    const problems = await observeControlPlane(deps.signal);
    if (problems.length === 0) return;
    if (performance.now() > deadline) throw new KubicError('kubeadm.unhealthy', { detail: problems.join('; ') });
    if (problems.join('; ') !== shown) deps.progress(problems.join('; '));
    shown = problems.join('; ');
    await delay(POLL_MS, undefined, { signal: deps.signal });
  }
};
