import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { KubicError } from '../../errors/kubic-error.ts';
import { toKubicError } from '../../errors/to-kubic-error.ts';
import { createTurns } from '../../platform/in-turn.ts';
import { createHeadReader, type DefinitionSource, limitReadings } from '../fresh-definition.ts';
import type { Identity } from '../identity/identity.ts';
import { createIdentityCertificate, identifyPeer, tlsOptions } from '../identity/tls-identity.ts';
import { ENROL_PATH, MAX_BODY_BYTES, parseEnrolRequest, STATUS_OF } from '../protocol/enrolment-protocol.ts';
import { type AnswerDeps, answerEnrolment, type Enroller, type UntimedAnswer } from './answer-enrolment.ts';
import { addressOf, limitConnections, MAX_CONNECTIONS } from './connection-limits.ts';
import { createRateLimit } from './rate-limit.ts';

type OwnDeps = 'ownFingerprint' | 'readHead' | 'readHeadForStrangers';

export interface EnrolmentServerDeps extends DefinitionSource, Omit<AnswerDeps, OwnDeps> {
  readonly identity: Identity;
  /** Addresses of known Nodes: for machines near them some connections are kept, however many strangers hold the others. */
  readonly knownAddresses?: () => readonly string[];
  /** Without a host on all addresses. */
  readonly listen: { readonly host?: string; readonly port: number };
  /** Told of what goes wrong here; the machine that asked learns only that it should come back. */
  readonly onError: (error: KubicError) => void;
  /** Told of each answer, for the log. */
  readonly onAnswer?: (enroller: Enroller & { readonly name: string }, answer: UntimedAnswer) => void;
  /** Milliseconds since the epoch, as answered to machines. */
  readonly now?: () => number;
  readonly timeouts?: Timeouts;
  /** How long a machine is kept waiting for the repository to be read; see fresh-definition.ts. */
  readonly patienceMs?: number;
}

interface Timeouts {
  readonly handshakeMs: number;
  readonly requestMs: number;
}

export interface EnrolmentServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

const TIMEOUTS: Timeouts = { handshakeMs: 5_000, requestMs: 10_000 };
/** Nothing that a machine waits for takes longer: reading the head, having a certificate signed. */
const IDLE_MS = 60_000;

/**
 * Serves enrolment: TLS 1.3 with the identity key, and every client known by its own. Run it only where servesEnrolment() says
 * so. Everything a stranger can make us hold is bounded: connections, time, bytes, requests per key and per address.
 *
 * @throws KubicError admission.listen-failed
 */
export async function startEnrolmentServer(deps: EnrolmentServerDeps): Promise<EnrolmentServer> {
  const { handshakeMs, requestMs } = deps.timeouts ?? TIMEOUTS;
  const certificate = await createIdentityCertificate(deps.identity);
  const server = createServer(
    {
      ...tlsOptions(deps.identity, certificate),
      requestCert: true,
      rejectUnauthorized: false, // certificates are self-signed: identifyPeer() looks at the key
      handshakeTimeout: handshakeMs,
      headersTimeout: requestMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: Math.ceil(requestMs / 5),
      maxHeaderSize: 8192,
      keepAlive: false,
    },
    createHandler(deps),
  );
  server.maxConnections = MAX_CONNECTIONS;
  server.setTimeout(IDLE_MS, (socket) => socket.destroy());
  limitConnections(server, deps.knownAddresses ?? (() => []));
  server.prependListener('secureConnection', (socket: TLSSocket) => {
    socket.on('error', () => {}); // a stranger's broken connection is nobody's error
    if (identifyPeer(socket).kind !== 'identity') socket.destroy();
  });
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  const port = await listen(server, deps.listen);
  server.on('error', (cause) => deps.onError(toKubicError(cause))); // accepting failed, out of descriptors, say
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, { host, port }: EnrolmentServerDeps['listen']): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(new KubicError('admission.listen-failed', { detail: `${host ?? ''}:${port} (${cause.message})`, cause }));
    });
    server.listen({ port, ...(host !== undefined && { host }) }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

function createHandler(deps: EnrolmentServerDeps): Handler {
  const limits = createRateLimit({ burst: 10, perSecond: 0.5 });
  const inTurn = createTurns();
  const readHead = createHeadReader(deps, { patienceMs: deps.patienceMs });
  const answering: AnswerDeps = {
    ...deps,
    // of a machine that asks again before it had its answer the last request counts: its certificate is recorded last
    issueCertificate: (csr, fingerprint) => inTurn(fingerprint, () => deps.issueCertificate(csr, fingerprint)),
    ownFingerprint: deps.identity.fingerprint,
    readHead,
    readHeadForStrangers: limitReadings(readHead, deps.currentDefinition),
  };
  const handle = async (request: IncomingMessage): Promise<Reply> => {
    const peer = identifyPeer(request.socket as TLSSocket);
    if (peer.kind !== 'identity') return refuse(400, 'this connection has no identity');
    if (request.url !== ENROL_PATH) return refuse(404, `there is only ${ENROL_PATH}`);
    if (request.method !== 'POST') return refuse(405, 'it takes POST');
    if (!limits.allow(peer.fingerprint))
      return { answer: { state: 'busy', message: 'too many requests' }, status: 429 };
    const body = await readBody(request);
    if (body === undefined) return refuse(413, `the body is over ${MAX_BODY_BYTES} bytes`);
    const parsed = parseEnrolRequest(body);
    if ('problem' in parsed) return refuse(400, parsed.problem);
    const enroller = { fingerprint: peer.fingerprint, address: addressOf(request.socket) };
    const answer = await answerEnrolment(parsed, enroller, answering);
    deps.onAnswer?.({ ...enroller, name: parsed.name }, answer);
    return { answer };
  };
  return (request, response) => {
    request.on('error', () => {});
    response.on('error', () => {});
    void handle(request)
      .catch((error: unknown): Reply => {
        const known = toKubicError(error);
        if (known.code !== 'agent.aborted') deps.onError(known);
        return { answer: { state: 'busy', message: 'the control plane cannot answer now; its log says why' } };
      })
      .then((reply) => send(response, reply, deps.now ?? Date.now));
  };
}

interface Reply {
  readonly answer: UntimedAnswer;
  /** An HTTP status that is more precise than the answer's own. */
  readonly status?: number;
}

function refuse(status: number, message: string): Reply {
  return { answer: { state: 'refused', message }, status };
}

function send(response: ServerResponse, { answer, status }: Reply, now: () => number): void {
  const body = JSON.stringify({ ...answer, serverTime: new Date(now()).toISOString() });
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  response.writeHead(status ?? STATUS_OF[answer.state], headers).end(body);
}

/** The body, or undefined where it is too large: then the rest is not read. */
function readBody(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) return void chunks.push(chunk);
      request.pause();
      resolve(undefined);
    });
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.once('close', () => reject(new KubicError('agent.aborted', { detail: 'the machine went away' })));
  });
}
