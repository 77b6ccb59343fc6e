import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readTextFile } from '../../platform/files.ts';

const MANIFESTS = '/etc/kubernetes/manifests';
const COMPONENTS = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;
const PROBE_TIMEOUT_MS = 2_000;

interface Probe {
  readonly httpGet?: { host?: string; path?: string; port: number | string; scheme?: string };
}
interface Container {
  readonly ports?: readonly { name?: string; containerPort: number }[];
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
}

/**
 * What is not healthy on this machine's control plane, empty when all is: etcd, the API server's /readyz and the other
 * static pods. Each is asked as the kubelet asks it, by the probe that stands in its manifest, so that changed ports and
 * addresses count; Node Ready is not asked, for it needs the CNI add-on.
 */
export async function observeControlPlane(signal?: AbortSignal): Promise<string[]> {
  const problems = await Promise.all(COMPONENTS.map((component) => observeComponent(component, signal)));
  signal?.throwIfAborted();
  return problems.filter((problem) => problem !== undefined);
}

async function observeComponent(component: string, signal?: AbortSignal): Promise<string | undefined> {
  const manifest = await readTextFile(join(MANIFESTS, `${component}.yaml`));
  if (manifest === undefined) return `${component} has no static pod manifest`;
  const container = (parse(manifest) as { spec?: { containers?: Container[] } }).spec?.containers?.[0];
  const probe = container?.readinessProbe?.httpGet ?? container?.livenessProbe?.httpGet;
  if (!container || !probe) return `${component} has no probe in its manifest`;
  const port = typeof probe.port === 'number' ? probe.port : portOf(container, probe.port);
  const answer = await get(probe.scheme ?? 'HTTP', probe.host ?? '127.0.0.1', port, probe.path ?? '/', signal);
  return answer === 200 ? undefined : `${component} is not ready (${answer})`;
}

function portOf(container: Container, name: string): number {
  return container.ports?.find((port) => port.name === name)?.containerPort ?? 0;
}

/** The certificates are not verified, as the kubelet does not: only a status code of our own machine is read. */
function get(scheme: string, host: string, port: number, path: string, signal?: AbortSignal): Promise<number | string> {
  const request = scheme === 'HTTPS' ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const options = { host, port, path, timeout: PROBE_TIMEOUT_MS, agent: false, rejectUnauthorized: false };
    const sent = request(signal ? { ...options, signal } : options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer in 2 s')));
    sent.on('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    sent.end();
  });
}
