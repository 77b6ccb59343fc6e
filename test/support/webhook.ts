import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createTestAuthority } from './git-server-certificates.ts';

interface AdmissionRequest {
  readonly uid: string;
  readonly operation: string;
  readonly object: { readonly data?: Readonly<Record<string, string>> };
}

export interface Webhook extends AsyncDisposable {
  /** For a webhook configuration, with the authority to trust. */
  readonly clientConfig: { readonly url: string; readonly caBundle: string };
}

/** An admission webhook on loopback; `decide` answers the status of a refusal, or undefined to let the object pass. */
export async function startWebhook(decide: (request: AdmissionRequest) => object | undefined): Promise<Webhook> {
  const authority = await createTestAuthority();
  const server = createServer(await authority.issue(['127.0.0.1']), async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const review = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { request: AdmissionRequest };
    const status = decide(review.request);
    const answer = { uid: review.request.uid, allowed: status === undefined, ...(status && { status }) };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response: answer }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    clientConfig: {
      url: `https://127.0.0.1:${port}/`,
      caBundle: Buffer.from(authority.certificate).toString('base64'),
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
