import packageJson from '../../package.json' with { type: 'json' };
import type { EnrolmentState } from '../admission/join/enrol.ts';
import { formatDiagnostic } from '../document/format-diagnostics.ts';
import { isTemporary } from '../errors/catalogue.ts';
import type { KubicError } from '../errors/kubic-error.ts';
import type { ExecutedAction } from '../execute/execute.ts';
import type { Status } from '../generated/status.generated.ts';
import type { Action } from '../plan/actions.ts';
import type { SyncResult } from './sync-result.ts';

type Phase = Status['phase'];

const SHOWN = 10;

/** What a status is made of; each field as far as the sync came. */
export interface StatusInput {
  readonly hostname: string;
  readonly fingerprint: string;
  readonly startedAt: Date;
  readonly endedAt?: Date;
  readonly result?: SyncResult;
  readonly error?: KubicError;
  readonly enrolment?: EnrolmentState;
  /** The action under way. */
  readonly current?: Action;
  readonly nextSync?: Date;
  /** The status before this sync: what this one has not learned anew is kept from it. */
  readonly previous?: Status;
}

/** The one place that says where a machine stands. */
export function buildStatus(input: StatusInput): Status {
  const { result, error, previous, enrolment, nextSync } = input;
  const standing = result?.standing;
  const accepted = standing?.kind === 'accepted' ? standing.node : undefined;
  const node = accepted ?? previous?.node;
  const isMember = result?.actual.machine.membership.state === 'member';
  return {
    apiVersion: 'kubic.suse.com/v1beta1',
    kind: 'Status',
    phase: phaseOf(input),
    node: {
      hostname: input.hostname,
      fingerprint: input.fingerprint,
      ...(node?.name !== undefined && { name: node.name }),
      ...(node?.role !== undefined && { role: node.role }),
    },
    commit: result
      ? { seen: result.snapshot.commit, actedOn: result.snapshot.commit, subject: result.snapshot.subject }
      : seenCommit(input),
    lastSync: lastSync(input),
    ...(nextSync && { nextSync: nextSync.toISOString() }),
    held: (result?.plan.held ?? previous?.held ?? []).map((held) => ({ ...held })),
    diagnostics: diagnosticsOf(input),
    ...(error && { error: { code: error.code, message: error.message, hint: error.hint } }),
    addons: addonsOf(result) ?? previous?.addons ?? [],
    versions: versionsOf(input),
    ...(enrolment && !isMember && { enrolment }),
  };
}

/** Undefined where the cluster was not looked at. */
function addonsOf(result: SyncResult | undefined): Status['addons'] | undefined {
  const declared = new Set(result?.definition.addons.map(({ name }) => name));
  return result?.actual.cluster?.addons.map(({ name, health }) => {
    const left = declared.has(name) ? [] : ['it left the repository, and has objects on record'];
    const notes = [...left, ...(health.notes ?? [])];
    return { name, status: health.status, problems: [...health.problems], ...(notes.length > 0 && { notes }) };
  });
}

function phaseOf(input: StatusInput): Phase {
  const { result, current } = input;
  if (current) return phaseOfAction(current);
  const cause = causeOfFailure(input);
  if (cause !== undefined) return isTemporary(cause) ? 'waiting' : 'failed';
  if (!result) return 'working';
  if (result.standing.kind === 'rejected') return 'rejected';
  if (result.standing.kind === 'unknown' && result.actual.machine.membership.state !== 'member') return 'pending';
  // a digest that is done with holds nothing back
  return result.plan.held.some(({ code }) => code !== 'addons.confirm-unused') ? 'held' : 'in-sync';
}

function phaseOfAction({ kind }: Action): Phase {
  if (kind === 'kubeadm.join') return 'joining';
  return kind === 'kubeadm.init' ? 'bootstrapping' : 'working';
}

function seenCommit({ error, previous }: StatusInput): Status['commit'] {
  const seen = error?.facts.commit;
  return { ...previous?.commit, ...(typeof seen === 'string' && { seen }) };
}

function lastSync(input: StatusInput): NonNullable<Status['lastSync']> {
  const { startedAt, endedAt, result } = input;
  const cause = causeOfFailure(input);
  return {
    startedAt: startedAt.toISOString(),
    ...(endedAt && {
      endedAt: endedAt.toISOString(),
      result: cause === undefined ? 'done' : cause === 'agent.aborted' ? 'aborted' : 'failed',
    }),
    actions: (result?.executed ?? []).map(reportAction),
  };
}

/** The code of what kept a sync from doing all that it planned. Actions are also skipped after none failed: when it is told to stop. */
function causeOfFailure({ error, result }: StatusInput): string | undefined {
  if (error) return error.code;
  const outcomes = (result?.executed ?? []).map(({ outcome }) => outcome);
  const first = outcomes.find((outcome) => outcome.result === 'failed') ?? outcomes.find((outcome) => outcome.error);
  return first && (first.error?.code ?? '');
}

function reportAction({ action, outcome }: ExecutedAction): NonNullable<Status['lastSync']>['actions'][number] {
  return {
    kind: action.kind,
    reason: action.reason,
    result: outcome.result,
    ms: outcome.ms,
    ...(outcome.error && {
      error: { code: outcome.error.code, message: outcome.error.message, hint: outcome.error.hint },
    }),
  };
}

/** An invalid definition's problems travel in the facts of its error; where a sync got no further, the last known stay. */
function diagnosticsOf({ error, result, previous }: StatusInput): Status['diagnostics'] {
  const lines = error?.facts.diagnostics;
  if (Array.isArray(lines)) {
    return {
      errors: Number(error?.facts.errors),
      warnings: Number(error?.facts.warnings),
      first: lines.slice(0, SHOWN),
    };
  }
  if (!result) return previous?.diagnostics ?? { errors: 0, warnings: 0, first: [] };
  const { warnings } = result;
  return { errors: 0, warnings: warnings.length, first: warnings.slice(0, SHOWN).map(formatDiagnostic) };
}

function versionsOf({ result, previous }: StatusInput): Status['versions'] {
  const machine = result?.actual.machine;
  return {
    ...previous?.versions,
    kubicInit: packageJson.version,
    ...(result && { kubernetes: result.definition.cluster.kubernetesVersion }),
    ...(machine?.kubeadmVersion !== undefined && { kubeadm: machine.kubeadmVersion }),
    ...(machine?.kubeletVersion !== undefined && { kubelet: machine.kubeletVersion }),
  };
}
