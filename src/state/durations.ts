import { join } from 'node:path';
import type { ExecutedAction } from '../execute/execute.ts';
import type { ActionKind } from '../plan/actions.ts';
import { usualSecondsOf } from '../plan/describe.ts';
import { readTextFile, writeFileAtomically } from '../platform/files.ts';

type Durations = Partial<Record<ActionKind, number>>;

/** How long each kind of action took here the last time, in seconds; estimates are made of it. */
export async function loadDurations(stateDir: string): Promise<(kind: ActionKind) => number> {
  const measured = parse(await readTextFile(join(stateDir, 'durations.json')));
  return (kind) => measured[kind] ?? usualSecondsOf(kind);
}

export async function recordDurations(stateDir: string, executed: readonly ExecutedAction[]): Promise<void> {
  const done = executed.filter(({ outcome }) => outcome.result === 'done');
  if (done.length === 0) return;
  const path = join(stateDir, 'durations.json');
  const measured: Durations = { ...parse(await readTextFile(path)) };
  for (const { action, outcome } of done) measured[action.kind] = Math.max(1, Math.round(outcome.ms / 1000));
  await writeFileAtomically(path, `${JSON.stringify(measured)}\n`);
}

function parse(text: string | undefined): Durations {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Durations) : {};
  } catch {
    return {}; // only estimates are lost
  }
}
