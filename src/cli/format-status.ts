import type { Status } from '../definition/status.generated.ts';

/** Where a machine stands, for people: the phase first, then what they may need to act on. */
export function formatStatus(status: Status): string {
  const lines = [
    `${status.node.name ?? status.node.hostname}: ${status.phase}`,
    field('fingerprint', status.node.fingerprint),
    ...optional('role', status.node.role),
    ...optional('commit', formatCommit(status)),
    ...optional('enrolment', status.enrolment?.message),
    ...optional('next sync', status.nextSync),
    ...status.addons.flatMap(({ name, status: health, problems }) => [
      field('add-on', `${name}: ${health}`),
      ...problems.map((problem) => `               ${problem}`),
    ]),
    ...status.held.map((held) => field('held', `${held.subject}: ${held.reason} [${held.code}]`)),
    ...problems(status),
  ];
  return `${lines.join('\n')}\n`;
}

/** One line, for a prompt or a login banner. */
export function formatStatusLine(status: Status): string {
  const name = status.node.name ?? status.node.hostname;
  const commit = status.commit.actedOn === undefined ? '' : ` at ${status.commit.actedOn.slice(0, 12)}`;
  const problem = status.error === undefined ? '' : `: ${status.error.message} [${status.error.code}]`;
  const held = status.held.length === 0 ? '' : `, ${status.held.length} held`;
  return `${name} ${status.phase}${commit}${held}${problem}\n`;
}

function problems(status: Status): string[] {
  const failed = (status.lastSync?.actions ?? []).flatMap((action) => (action.error ? [action.error] : []));
  const errors = status.error ? [status.error, ...failed] : failed;
  return [
    ...errors.flatMap((error) => [field('error', `${error.message} [${error.code}]`), field('  try', error.hint)]),
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
