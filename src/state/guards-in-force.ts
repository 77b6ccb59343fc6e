import { KubicError } from '../errors/kubic-error.ts';
import { readTextFile, writeFileAtomically } from '../platform/files.ts';
import { isCorrupt } from './is-corrupt.ts';
import { statePath } from './paths.ts';

/**
 * The guards that hold something back. `confirm` is none of them: it lets go of what is held, by the head itself, and names what by a digest,
 * so no commit does that by accident. It lets go of nothing that `protect` holds, by the head before: one commit cannot do both.
 */
interface Guards {
  readonly maxRemovals: string;
  readonly protect: readonly string[];
  /** Keys of objects that are to stay when they leave; absent where it is not known, as on a worker. */
  readonly kept?: readonly string[];
}

export interface GuardsRecord {
  readonly commit: string;
  /** Guards that the commit declares: in force from the next one on. */
  readonly declared: Guards;
  /** Guards that the commit's predecessor declared, and what the commit protects beside. */
  readonly inForce: Guards;
}

/**
 * The guards a commit is held by are those of the head acted on before it: none can loosen the guard that would hold it,
 * however often it is synced. What it protects itself counts as well: several commits may come as one head. A machine's first head is
 * held by its own.
 *
 * @throws KubicError agent.state-corrupt
 */
export async function findGuards(
  stateDir: string,
  commit: string,
  { maxRemovals, protect, kept }: Guards,
): Promise<GuardsRecord> {
  const record = await loadRecord(statePath(stateDir, 'guards'));
  if (record?.commit === commit) return withProtected(kept === undefined ? record : withKept(record, kept), protect);
  const known = kept ?? record?.declared.kept;
  const declared = { maxRemovals, protect, ...(known !== undefined && { kept: known }) };
  return withProtected({ commit, declared, inForce: record?.declared ?? declared }, protect);
}

function withProtected({ inForce, ...record }: GuardsRecord, protect: readonly string[]): GuardsRecord {
  return { ...record, inForce: { ...inForce, protect: [...new Set([...inForce.protect, ...protect])] } };
}

/** A record that a worker wrote, or the version before, with what it does not say: known now that the machine reads what add-ons declare. */
function withKept({ commit, declared, inForce }: GuardsRecord, kept: readonly string[]): GuardsRecord {
  return { commit, declared: { kept, ...declared }, inForce: { kept, ...inForce } };
}

/** To be called once the commit is marked as acted on, and before anything is done by it. */
export async function recordGuards(stateDir: string, record: GuardsRecord): Promise<void> {
  const path = statePath(stateDir, 'guards');
  const text = `${JSON.stringify(record)}\n`;
  await loadRecord(path); // one that cannot be read is not written over
  if ((await readTextFile(path)) !== text) await writeFileAtomically(path, text, 0o600);
}

async function loadRecord(path: string): Promise<GuardsRecord | undefined> {
  try {
    const text = await readTextFile(path);
    if (text === undefined) return undefined;
    const record = JSON.parse(text) as GuardsRecord | null;
    if (typeof record?.commit === 'string' && isGuards(record.declared) && isGuards(record.inForce)) return record;
  } catch (error) {
    if (!isCorrupt(error)) throw error;
  }
  throw new KubicError('agent.state-corrupt', {
    detail: path,
    hint: `Check guards in cluster.yaml, then remove ${path}: they are taken as they are.`,
    retry: 'never',
  });
}

function isGuards(value: unknown): value is Guards {
  const guards = value as Partial<Guards> | null | undefined;
  // a record of the version before has no `kept`
  const isKept = guards?.kept === undefined || isTexts(guards.kept);
  return typeof guards?.maxRemovals === 'string' && isTexts(guards.protect) && isKept;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((member) => typeof member === 'string');
}
