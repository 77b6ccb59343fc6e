import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createTestAuthority } from '../support/git-server-certificates.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface FakeApi {
  /** A kubeconfig for an API server that serves Secrets and Leases, and answers the rest as told. */
  readonly serve: (answer: Answer) => Promise<string>;
  readonly close: () => void;
}

const RESOURCES: Readonly<Record<string, object>> = {
  '/api/v1': { resources: [{ name: 'secrets', kind: 'Secret', namespaced: true, verbs: ['get'] }] },
  '/apis/coordination.k8s.io/v1': { resources: [{ name: 'leases', kind: 'Lease', namespaced: true, verbs: ['get'] }] },
};

/** API servers on loopback that misbehave: what a real one cannot be made to do at will. */
export async function createFakeApi(): Promise<FakeApi> {
  const authority = await createTestAuthority();
  const certificate = await authority.issue(['127.0.0.1']);
  const servers: Server[] = [];
  return {
    serve: async (answer) => {
      const server = createServer(certificate, (request, response) => {
        const resources = RESOURCES[request.url ?? ''];
        if (resources) response.end(JSON.stringify(resources));
        else answer(request, response);
      });
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const ca = Buffer.from(authority.certificate).toString('base64');
      return JSON.stringify({
        'current-context': 'c',
        clusters: [{ name: 'c', cluster: { server: url, 'certificate-authority-data': ca } }],
        users: [{ name: 'u', user: { token: 't' } }],
        contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
      });
    },
    close: () => {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}
