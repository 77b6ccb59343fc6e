import type { Definition } from '../../definition/definition.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { toKubicError } from '../../errors/to-kubic-error.ts';
import type { Identity } from '../identity/identity.ts';
import { createIdentityCertificate } from '../identity/tls-identity.ts';
import type { EnrolAnswer, EnrolRequest } from '../protocol/enrolment-protocol.ts';
import { toNodeName } from '../protocol/node-name.ts';
import { collectFacts } from './collect-facts.ts';
import { sendEnrolment } from './enrolment-client.ts';
import { createEnrolmentKey, type EnrolmentKey } from './enrolment-key.ts';
import { type Admission, verifyAdmission } from './verify-admission.ts';

/** How a machine's admission stands, for its status. */
export interface EnrolmentState {
  readonly state: 'pending' | 'accepted' | 'rejected' | 'key-conflict' | 'unreachable';
  /** The state in words, with what to commit. */
  readonly message: string;
}

export interface EnrolSpec {
  /** The name to ask for; the one it gets is bound to its key. */
  readonly nodeName: string;
  /** `host:port` each, tried in turn. */
  readonly endpoints: readonly string[];
  /** Fingerprints of the accepted control planes: the only servers it talks to. */
  readonly pins: readonly string[];
}

export interface EnrolDeps {
  readonly identity: Identity;
  readonly definition: Pick<Definition, 'cluster'>;
  readonly signal: AbortSignal;
  readonly progress: (text: string) => void;
  readonly onEnrolment: (state: EnrolmentState) => void;
  readonly now?: () => number;
}

/**
 * Asks for admission and answers how it stands: pending, accepted, rejected or in conflict are answers here, not errors. A
 * certificate that comes with `accepted` is let go.
 *
 * @throws KubicError admission.* when no endpoint gave an answer
 */
export async function registerMachine(spec: EnrolSpec, deps: EnrolDeps): Promise<EnrolmentState> {
  const { answer } = await ask(spec, deps);
  return report(answer, deps);
}

/**
 * Enrols a machine that the list accepts: the certificate, with the key it is for, and what else a join needs.
 *
 * @throws KubicError admission.pending, admission.rejected, admission.key-conflict, admission.name-mismatch,
 * admission.clock-skew, admission.other-ca and whatever keeps an endpoint from answering
 */
export async function enrol(spec: EnrolSpec, deps: EnrolDeps): Promise<Admission> {
  const { answer, key } = await ask(spec, deps);
  const { message } = report(answer, deps);
  if (answer.state === 'pending') throw new KubicError('admission.pending', { detail: message });
  if (answer.state === 'rejected') throw new KubicError('admission.rejected', { detail: message });
  if (answer.state === 'key-conflict') {
    throw new KubicError('admission.key-conflict', { detail: message, facts: { commit: answer.yaml } });
  }
  if (answer.state !== 'accepted') throw new KubicError('admission.refused', { detail: message });
  if (answer.nodeName !== spec.nodeName) {
    throw new KubicError('admission.name-mismatch', { detail: `it is ${answer.nodeName}, not ${spec.nodeName}` });
  }
  const skew = explainSkew(answer, deps);
  if (skew !== undefined) throw new KubicError('admission.clock-skew', { detail: skew });
  return verifyAdmission(answer, key, deps.definition.cluster.clusterCA);
}

async function ask(spec: EnrolSpec, deps: EnrolDeps): Promise<{ answer: EnrolAnswer; key: EnrolmentKey }> {
  const [certificate, key, facts] = await Promise.all([
    createIdentityCertificate(deps.identity),
    createEnrolmentKey(deps.identity.fingerprint),
    collectFacts(),
  ]);
  const request: EnrolRequest = { name: toNodeName(spec.nodeName), facts, csr: key.csr };
  const errors: KubicError[] = [];
  for (const endpoint of spec.endpoints) {
    try {
      const answer = await sendEnrolment(request, { ...deps, endpoint, pins: spec.pins, certificate });
      const refusal = refusalOf(answer, endpoint);
      if (!refusal) return { answer, key };
      errors.push(refusal);
    } catch (cause) {
      errors.push(toKubicError(cause));
    }
    const last = errors.at(-1);
    if (last?.code === 'agent.aborted') throw last;
    deps.progress(`${endpoint}: ${last?.message}`);
  }
  throw mostTelling(errors, spec, deps);
}

/** An answer after which the next endpoint is worth a try. */
function refusalOf(answer: EnrolAnswer, endpoint: string): KubicError | undefined {
  if (answer.state !== 'busy' && answer.state !== 'refused') return undefined;
  const code = answer.state === 'busy' ? 'admission.busy' : 'admission.refused';
  return new KubicError(code, { detail: `${endpoint}: ${answer.message}` });
}

/** Of several endpoints' errors the one that says most: any other than that nobody answered. */
function mostTelling(errors: readonly KubicError[], { endpoints }: EnrolSpec, deps: EnrolDeps): KubicError {
  const error =
    errors.find(({ code }) => code !== 'admission.unreachable') ??
    errors[0] ??
    new KubicError('admission.unreachable', { detail: `no endpoint is declared (${endpoints.length})` });
  deps.onEnrolment({ state: 'unreachable', message: error.message });
  return error;
}

function report(answer: EnrolAnswer, deps: EnrolDeps): EnrolmentState {
  const skew = explainSkew(answer, deps);
  const message = [messageOf(answer), ...(skew === undefined ? [] : [skew])].join('; ');
  if (answer.state === 'busy' || answer.state === 'refused') return { state: 'unreachable', message };
  const state = { state: answer.state, message };
  deps.onEnrolment(state);
  deps.progress(message);
  return state;
}

function messageOf(answer: EnrolAnswer): string {
  if (answer.state === 'accepted') return `accepted as ${answer.nodeName}`;
  if (answer.state !== 'key-conflict') return answer.message;
  return `${answer.message}; if this machine takes its place, commit in nodes.yaml, instead of the old entry: ${answer.yaml}`;
}

const MAX_SKEW_MS = 5 * 60_000;

/** The server's time is that of an accepted control plane. A few seconds of travel do not matter here. */
function explainSkew({ serverTime }: EnrolAnswer, { now = Date.now }: EnrolDeps): string | undefined {
  const skew = now() - Date.parse(serverTime);
  if (Math.abs(skew) <= MAX_SKEW_MS) return undefined;
  const minutes = Math.round(Math.abs(skew) / 60_000);
  return `this machine's clock is ${minutes} minutes ${skew > 0 ? 'ahead of' : 'behind'} the control plane's`;
}
