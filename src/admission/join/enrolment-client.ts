import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type TLSSocket } from 'node:tls';
import { KubicError } from '../../errors/kubic-error.ts';
import { splitHostPort } from '../../text/address.ts';
import type { Identity } from '../identity/identity.ts';
import { identifyPeer, tlsOptions } from '../identity/tls-identity.ts';
import {
  ENROL_PATH,
  type EnrolAnswer,
  type EnrolRequest,
  MAX_BODY_BYTES,
  parseEnrolAnswer,
} from '../protocol/enrolment-protocol.ts';

export interface EnrolmentClientOptions {
  /** `host:port` */
  readonly endpoint: string;
  /** Fingerprints of the accepted control planes. */
  readonly pins: readonly string[];
  readonly identity: Identity;
  /** The self-signed certificate of the identity, PEM. */
  readonly certificate: string;
  readonly signal: AbortSignal;
  /** Default 10 000 to connect, 60 000 in all. */
  readonly timeouts?: { readonly connectMs: number; readonly totalMs: number };
}

const TIMEOUTS = { connectMs: 10_000, totalMs: 60_000 };

/**
 * Asks one endpoint. The server's key must be one of the pins; before that is known not a byte of the request is sent.
 *
 * @throws KubicError admission.unreachable, admission.tls-terminated, admission.server-not-accepted, admission.protocol, agent.aborted
 */
export async function sendEnrolment(body: EnrolRequest, options: EnrolmentClientOptions): Promise<EnrolAnswer> {
  const { endpoint, signal } = options;
  const { totalMs } = options.timeouts ?? TIMEOUTS;
  const limit = AbortSignal.any([signal, AbortSignal.timeout(totalMs)]);
  try {
    const socket = await openSocket(options, limit);
    try {
      return await exchange(JSON.stringify(body), socket, endpoint, limit);
    } finally {
      socket.destroy();
    }
  } catch (cause) {
    if (signal.aborted) throw new KubicError('agent.aborted', { detail: `enrolment at ${endpoint}` });
    if (cause instanceof KubicError) throw cause;
    const told = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    const reason = limit.aborted ? `no answer in ${totalMs / 1000} s` : told;
    throw new KubicError('admission.unreachable', { detail: `${endpoint} (${reason})`, cause });
  }
}

/** A connection to a server that has proved to hold an accepted control plane's key. */
function openSocket(options: EnrolmentClientOptions, limit: AbortSignal): Promise<TLSSocket> {
  const { endpoint, pins, identity, certificate, timeouts = TIMEOUTS } = options;
  const { host, port } = splitHostPort(endpoint);
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      ...tlsOptions(identity, certificate),
      rejectUnauthorized: false, // the certificate is self-signed: its key is compared below
      timeout: timeouts.connectMs,
    });
    const fail = (error: unknown): void => {
      socket.destroy();
      reject(error);
    };
    const onAbort = (): void => fail(limit.reason);
    limit.addEventListener('abort', onAbort, { once: true });
    if (limit.aborted) onAbort();
    socket.once('timeout', () => fail(new KubicError('admission.unreachable', { detail: `${endpoint} (timeout)` })));
    socket.on('error', fail);
    socket.once('close', () => limit.removeEventListener('abort', onAbort));
    socket.once('secureConnect', () => {
      const problem = explainServer(socket, endpoint, pins);
      if (problem) return fail(problem);
      socket.setTimeout(0);
      resolve(socket);
    });
  });
}

function explainServer(socket: TLSSocket, endpoint: string, pins: readonly string[]): KubicError | undefined {
  const peer = identifyPeer(socket);
  if (peer.kind !== 'identity') {
    const subject = peer.kind === 'foreign' ? peer.subject : 'none';
    return new KubicError('admission.tls-terminated', { detail: `${endpoint} shows the certificate of '${subject}'` });
  }
  if (pins.includes(peer.fingerprint)) return undefined;
  return new KubicError('admission.server-not-accepted', {
    detail: `${endpoint} has ${peer.fingerprint}`,
    facts: { found: peer.fingerprint, accepted: pins },
  });
}

async function exchange(body: string, socket: TLSSocket, endpoint: string, signal: AbortSignal): Promise<EnrolAnswer> {
  const request = httpRequest({
    method: 'POST',
    path: ENROL_PATH,
    createConnection: () => socket,
    signal,
    setHost: false,
    headers: { host: 'kubic-init', 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
  });
  const response = await respond(request, body);
  const answer = parseEnrolAnswer(await readAnswer(response, endpoint));
  if (!answer) throw new KubicError('admission.protocol', { detail: `${endpoint}: HTTP ${response.statusCode ?? 0}` });
  return answer;
}

function respond(request: ClientRequest, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.once('response', resolve);
    request.end(body);
  });
}

async function readAnswer(response: IncomingMessage, endpoint: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES)
      throw new KubicError('admission.protocol', { detail: `${endpoint}: the answer is too large` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
