import { readFile } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { parse } from 'yaml';
import type { KubeObject } from '../../src/objects/kube-object.ts';

const CONNECTIONS = 16;

/** Server-side applies of namespaced core objects and nothing else: the least that could be sent. */
export async function applyRaw(kubeconfig: string, objects: readonly KubeObject[]): Promise<void> {
  const { server, ...tls } = await loadEndpoint(kubeconfig);
  const agent = new Agent({ ...tls, keepAlive: true, maxSockets: CONNECTIONS });
  const queue = objects.values();
  const sendAll = async (): Promise<void> => {
    for (const object of queue) await sendApply(server, agent, object);
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, sendAll));
  } finally {
    agent.destroy();
  }
}

function sendApply(server: string, agent: Agent, { metadata, kind, ...rest }: KubeObject): Promise<void> {
  const path = `/api/v1/namespaces/${metadata.namespace}/${kind.toLowerCase()}s/${metadata.name}`;
  const url = `${server}${path}?fieldManager=kubic-init&force=false&fieldValidation=Strict`;
  const headers = { 'content-type': 'application/apply-patch+yaml', accept: 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'PATCH', agent, headers }, (response) => {
      const { statusCode = 0 } = response;
      if (statusCode !== 200 && statusCode !== 201) reject(new Error(`${path}: ${statusCode}`));
      response.resume().once('end', resolve);
    });
    sent.once('error', reject).end(JSON.stringify({ ...rest, kind, metadata }));
  });
}

interface RawEndpoint {
  readonly server: string;
  readonly ca: Buffer;
  readonly cert: Buffer;
  readonly key: Buffer;
}

async function loadEndpoint(kubeconfig: string): Promise<RawEndpoint> {
  const { clusters, users } = parse(await readFile(kubeconfig, 'utf8'));
  const { cluster } = clusters[0];
  const { user } = users[0];
  const decode = (data: string): Buffer => Buffer.from(data, 'base64');
  return {
    server: cluster.server,
    ca: decode(cluster['certificate-authority-data']),
    cert: decode(user['client-certificate-data']),
    key: decode(user['client-key-data']),
  };
}
