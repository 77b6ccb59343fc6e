import type { Role } from '../../definition/definition.ts';
import { at, isMapping, listAt, textAt } from '../../json/at.ts';

/** What a machine says of itself: hints for the person who decides, never proof. Text is printable ASCII, bounded. */
export interface Facts {
  readonly hostname: string;
  readonly machineId: string;
  readonly osImage: string;
  readonly kernel: string;
  readonly addresses: readonly string[];
  readonly agentVersion: string;
}

/** `POST /v1/enrol` over TLS, both sides known by their identity keys. */
export interface EnrolRequest {
  /** The node name the machine asks for; the one it gets is bound to its key in the list. */
  readonly name: string;
  readonly facts: Facts;
  /** PKCS#10 (PEM) for a key made for this enrolment alone. */
  readonly csr: string;
}

/** Every answer carries the server's time (ISO 8601). */
export type EnrolAnswer = { readonly serverTime: string } & (
  | Accepted
  | { readonly state: 'pending' | 'rejected' | 'busy' | 'refused'; readonly message: string }
  | {
      readonly state: 'key-conflict';
      readonly message: string;
      readonly name: string;
      /** Fingerprint that the list binds to the name. */
      readonly boundKey: string;
      readonly yaml: string;
    }
);

export interface Accepted {
  readonly state: 'accepted';
  readonly nodeName: string;
  readonly role: Role;
  /** The cluster CA, PEM. */
  readonly ca: string;
  readonly controlPlaneEndpoint: string;
  /** PEM; good for one CSR, for 900 s. */
  readonly certificate: string;
}

export type EnrolState = EnrolAnswer['state'];

export const ENROL_PATH = '/v1/enrol';
export const MAX_BODY_BYTES = 64 * 1024;

/** HTTP status of each answer; `refused` is 400, or the more precise one the server chose. */
export const STATUS_OF: Readonly<Record<EnrolState, number>> = {
  pending: 202,
  accepted: 200,
  rejected: 403,
  'key-conflict': 409,
  busy: 503,
  refused: 400,
};

const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

function isNodeName(text: string): boolean {
  return NAME.test(text);
}

/**
 * Printable ASCII of bounded length, whatever came. ASCII is of the enrolment protocol, which both ends keep to and which the pending list has: for
 * text in a message there is `printable`.
 */
export function sanitise(text: unknown, maxLength: number): string {
  const printable = typeof text === 'string' ? text.slice(0, 4 * maxLength).replace(/[^\x20-\x7e]+/g, '?') : '';
  return printable.slice(0, maxLength);
}

/** A request from the network: its data, or what is wrong with it. */
export function parseEnrolRequest(body: string): EnrolRequest | { readonly problem: string } {
  const value = parseJson(body);
  if (!isMapping(value)) return { problem: 'the body is not a JSON object' };
  const [name, csr] = [textAt(value, 'name'), textAt(value, 'csr')];
  if (name === undefined || !isNodeName(name)) {
    return { problem: `'${sanitise(name, 80)}' is no node name: lower-case letters, digits and hyphens, at most 63` };
  }
  if (csr === undefined) return { problem: 'the certificate request is missing' };
  return { name, csr, facts: parseFacts(at(value, 'facts')) };
}

/** What a machine says of itself, made printable and cut to length; what it leaves out is empty. */
export function parseFacts(value: unknown): Facts {
  return {
    hostname: sanitise(at(value, 'hostname'), 253),
    machineId: sanitise(at(value, 'machineId'), 64),
    osImage: sanitise(at(value, 'osImage'), 128),
    kernel: sanitise(at(value, 'kernel'), 128),
    addresses: listAt(value, 'addresses')
      .slice(0, 8)
      .map((address) => sanitise(address, 45)),
    agentVersion: sanitise(at(value, 'agentVersion'), 64),
  };
}

/** A server's answer: its key is trusted, its version may be any. Undefined where it is none. */
export function parseEnrolAnswer(body: string): EnrolAnswer | undefined {
  const value = parseJson(body);
  const [state, serverTime] = [textAt(value, 'state'), textAt(value, 'serverTime')];
  if (state === undefined || serverTime === undefined || Number.isNaN(Date.parse(serverTime))) return undefined;
  if (state === 'accepted') return hasTexts(value, ACCEPTED_FIELDS) ? (value as unknown as EnrolAnswer) : undefined;
  const message = textAt(value, 'message');
  if (message === undefined || !Object.hasOwn(STATUS_OF, state)) return undefined;
  if (state !== 'key-conflict') {
    return { state: state as 'pending', serverTime, message: sanitise(message, 1000) };
  }
  if (!hasTexts(value, ['name', 'boundKey', 'yaml'])) return undefined;
  return {
    state,
    serverTime,
    message: sanitise(message, 1000),
    name: sanitise(textAt(value, 'name'), 63),
    boundKey: sanitise(textAt(value, 'boundKey'), 64),
    yaml: sanitise(textAt(value, 'yaml'), 500),
  };
}

const ACCEPTED_FIELDS = ['nodeName', 'role', 'ca', 'controlPlaneEndpoint', 'certificate'] as const;

function hasTexts(value: unknown, fields: readonly string[]): boolean {
  return fields.every((field) => textAt(value, field) !== undefined);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
