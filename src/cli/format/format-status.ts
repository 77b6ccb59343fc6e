import type { Status } from '../../generated/status.generated.ts';
import { formatFieldDrift } from './format-field-drift.ts';

/** Where a machine stands, for people: the phase first, then what they may need to act on. */
export function formatStatus(status: Status, now = new Date()): string {
  const lines = [
    `${status.node.name ?? status.node.hostname}: ${status.phase}`,
    field('fingerprint', status.node.fingerprint),
    ...optional('role', status.node.role),
    ...optional('commit', formatCommit(status)),
    ...optional('enrolment', status.enrolment?.message),
    ...optional('last sync', formatLastSync(status)),
    ...optional('next sync', status.nextSync && `${status.nextSync}${isOverdue(status, now) ? OVERDUE : ''}`),
    ...status.addons.flatMap(({ name, status: health, problems, notes = [] }) => [
      field('add-on', `${name}: ${health}`),
      ...problems.map((problem) => `               ${problem}`),
      ...notes.map((note) => `               (${note})`),
    ]),
    ...status.held.flatMap((held) => [
      field('held', `${held.subject}: ${held.reason} [${held.code}]`),
      ...(held.fields ?? []).map((each) => `               ${formatFieldDrift(each)}`),
      ...optional('  confirm', held.confirm),
    ]),
    ...problems(status),
  ];
  return `${lines.join('\n')}\n`;
}

/** One line, for a prompt or a login banner. */
export function formatStatusLine(status: Status, now = new Date()): string {
  const name = status.node.name ?? status.node.hostname;
  const commit = status.commit.actedOn === undefined ? '' : ` at ${status.commit.actedOn.slice(0, 12)}`;
  const [error] = errorsOf(status);
  const problem = error === undefined ? '' : `: ${error.message} [${error.code}]`;
  const held = status.held.length === 0 ? '' : `, ${status.held.length} held`;
  return `${name} ${status.phase}${commit}${held}${isOverdue(status, now) ? ', overdue' : ''}${problem}\n`;
}

const OVERDUE = ', which is past: the agent does not run (`systemctl status kubic-init`) or hangs';
/** Splay, and a sync that took long, may delay the next. */
const OVERDUE_MS = 120_000;

/** The agent that wrote this should have begun another sync long ago. */
function isOverdue({ lastSync, nextSync }: Status, now: Date): boolean {
  return lastSync?.endedAt !== undefined && nextSync !== undefined && now.getTime() > Date.parse(nextSync) + OVERDUE_MS;
}

function formatLastSync({ lastSync }: Status): string | undefined {
  return lastSync?.endedAt && `${lastSync.endedAt}, ${lastSync.result}`;
}

function errorsOf(status: Status): { code: string; message: string; hint: string }[] {
  const failed = (status.lastSync?.actions ?? []).flatMap((action) => (action.error ? [action.error] : []));
  return status.error ? [status.error, ...failed] : failed;
}

function problems(status: Status): string[] {
  return [
    ...errorsOf(status).flatMap((error) => [
      field('error', `${error.message} [${error.code}]`),
      field('  try', error.hint),
    ]),
    ...status.diagnostics.first.map((line) => field('diagnostic', line)),
  ];
}

function formatCommit({ commit }: Status): string | undefined {
  const shown = commit.actedOn ?? commit.seen;
  return shown === undefined ? undefined : `${shown.slice(0, 12)}${commit.subject ? ` "${commit.subject}"` : ''}`;
}

function optional(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [field(name, value)];
}

function field(name: string, value: string): string {
  return `  ${name.padEnd(12)} ${value}`;
}
