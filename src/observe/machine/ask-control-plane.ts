import { isIP } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'node:tls';
import { KubicError } from '../../errors/kubic-error.ts';
import type { EndpointAnswer } from '../../plan/actual.ts';
import { splitHostPort } from '../../text/address.ts';

const PROBES = 3;

type ProbeAnswer = EndpointAnswer | 'unresolved';

/**
 * Whoever completes a TLS handshake at the endpoint before we have bootstrapped is another control plane. A load balancer
 * without backends accepts connections but does not; whose certificate it is makes no difference here. A second cluster is
 * worse than some seconds of waiting, so silence, and whatever may pass (no route, a name that does not resolve), is asked
 * again a while later; only a refusal is taken at its word.
 *
 * @param endpoint `host:port`
 * @param timeoutMs of each probe, and from one to the next
 * @throws KubicError kubeadm.endpoint-unresolved where its name goes on not to resolve: that says nothing of who is there
 */
export async function askControlPlane(
  endpoint: string,
  signal?: AbortSignal,
  timeoutMs = 3_000,
): Promise<EndpointAnswer> {
  for (let probe = 1; ; probe++) {
    const next = Date.now() + timeoutMs;
    const answer = await ask(endpoint, timeoutMs);
    if (answer === 'answers' || answer === 'refuses') return answer;
    if (probe === PROBES) {
      if (answer === 'silent') return answer;
      throw new KubicError('kubeadm.endpoint-unresolved', { detail: endpoint });
    }
    await delay(Math.max(0, next - Date.now()), undefined, { signal });
  }
}

/** EAI_*: getaddrinfo had no answer, which a dead resolver gives too; ENOTFOUND: it has none. */
function answerOf(code: string | undefined): ProbeAnswer {
  if (code === 'ECONNREFUSED') return 'refuses';
  return code === 'ENOTFOUND' || code?.startsWith('EAI_') ? 'unresolved' : 'silent';
}

function ask(endpoint: string, timeoutMs: number): Promise<ProbeAnswer> {
  const { host, port } = splitHostPort(endpoint);
  return new Promise((resolve) => {
    const socket = connect({ host, port, rejectUnauthorized: false });
    let isResolved = isIP(host) !== 0;
    const timer = setTimeout(() => end(isResolved ? 'silent' : 'unresolved'), timeoutMs);
    const end = (answer: ProbeAnswer): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    socket.once('lookup', (error) => {
      isResolved = !error;
    });
    socket.once('secureConnect', () => end('answers'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(answerOf(error.code)));
  });
}
