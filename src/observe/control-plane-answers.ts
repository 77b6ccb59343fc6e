import { setTimeout as delay } from 'node:timers/promises';
import { connect } from 'node:tls';
import { splitHostPort } from '../definition/address.ts';

const PROBES = 3;

/**
 * Whoever completes a TLS handshake at the endpoint before we have bootstrapped is another control plane. A load balancer
 * without backends accepts connections but does not; whose certificate it is makes no difference here. A second cluster is
 * worse than some seconds of waiting, so silence, and whatever may pass (no route, a name that does not resolve), is asked
 * again a while later; only a refusal is taken at its word.
 *
 * @param endpoint `host:port`
 * @param timeoutMs of each probe, and from one to the next
 */
export async function controlPlaneAnswers(endpoint: string, signal?: AbortSignal, timeoutMs = 3_000): Promise<boolean> {
  for (let probe = 1; probe <= PROBES; probe++) {
    const next = Date.now() + timeoutMs;
    const answer = await ask(endpoint, timeoutMs);
    if (answer !== 'silent') return answer === 'answers';
    if (probe < PROBES) await delay(Math.max(0, next - Date.now()), undefined, { signal });
  }
  return false;
}

function ask(endpoint: string, timeoutMs: number): Promise<'answers' | 'refuses' | 'silent'> {
  const { host, port } = splitHostPort(endpoint);
  return new Promise((resolve) => {
    const socket = connect({ host, port, rejectUnauthorized: false });
    const timer = setTimeout(() => end('silent'), timeoutMs);
    const end = (answer: 'answers' | 'refuses' | 'silent'): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    socket.once('secureConnect', () => end('answers'));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED' ? 'refuses' : 'silent'));
  });
}
