import type { Plan } from '../generated/plan.generated.ts';
import { readTextFile, writeFileAtomically } from '../platform/files.ts';
import { statePath } from './paths.ts';

/** Whole seconds, by kind of action. */
export type Durations = Partial<Record<Plan['actions'][number]['kind'], number>>;

/** How long each kind of action took here the last time, as far as it is known. */
export async function loadDurations(stateDir: string): Promise<Durations> {
  const text = await readTextFile(statePath(stateDir, 'durations'));
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Durations) : {};
  } catch {
    return {}; // only estimates are lost
  }
}

/** Keeps what was measured now, beside what was known of other kinds. @throws KubicError agent.state-unwritable */
export async function recordDurations(stateDir: string, measured: Durations): Promise<void> {
  if (Object.keys(measured).length === 0) return;
  const known = await loadDurations(stateDir);
  await writeFileAtomically(statePath(stateDir, 'durations'), `${JSON.stringify({ ...known, ...measured })}\n`);
}
