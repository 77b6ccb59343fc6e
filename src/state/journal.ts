import type { Plan } from '../generated/plan.generated.ts';
import { appendDurably, readTextFile, writeFileAtomically } from '../platform/files.ts';

type Action = Plan['actions'][number];

/** One line of /var/lib/kubic-init/journal.jsonl. */
export interface JournalRecord {
  readonly at: string;
  readonly commit: string;
  readonly kind: Action['kind'];
  readonly event: 'started' | 'done' | 'failed';
  readonly error?: string;
}

export interface Journal {
  /** Appends a record and has it on disk before it returns. */
  record(action: Pick<Action, 'kind'>, event: JournalRecord['event'], error?: string): Promise<void>;
}

const KEPT_RECORDS = 500;

/**
 * The journal says what was begun and what was ended, so that a crash at any point can be told from a beginning: a record
 * before each action, one after. It is read at the next sync (see observe/machine/observe-membership.ts).
 *
 * @throws KubicError agent.state-unwritable when the disk is full or read-only: the action is then not begun
 */
export function openJournal(path: string, commit: string): Journal {
  return {
    async record(action, event, error) {
      const record: JournalRecord = {
        at: new Date().toISOString(),
        commit,
        kind: action.kind,
        event,
        ...(error !== undefined && { error }),
      };
      // a record that a crash cut short must not swallow this one: records begin on a line of their own
      await appendDurably(path, `\n${JSON.stringify(record)}\n`);
    },
  };
}

/** All whole records, oldest first. A last line that a crash cut short is dropped, and so is anything unreadable. */
export async function loadJournal(path: string): Promise<JournalRecord[]> {
  const text = (await readTextFile(path)) ?? '';
  return text.split('\n').flatMap((line) => parseRecord(line) ?? []);
}

/** Keeps the journal short: the newest records, and the last one of every kind. */
export async function compactJournal(path: string): Promise<void> {
  const records = await loadJournal(path);
  if (records.length <= 2 * KEPT_RECORDS) return;
  const recent = records.slice(-KEPT_RECORDS);
  const older = records.slice(0, -KEPT_RECORDS);
  // in the order they were written: what came last of several kinds decides what was interrupted
  const lastOfKind = older.filter(({ kind }, index) => index === older.findLastIndex((other) => other.kind === kind));
  const kept = [...lastOfKind, ...recent];
  await writeFileAtomically(path, kept.map((record) => `${JSON.stringify(record)}\n`).join(''), 0o600);
}

function parseRecord(line: string): JournalRecord | undefined {
  if (line === '') return undefined;
  try {
    const record: unknown = JSON.parse(line);
    return isJournalRecord(record) ? record : undefined;
  } catch {
    return undefined;
  }
}

function isJournalRecord(value: unknown): value is JournalRecord {
  return typeof value === 'object' && value !== null && 'kind' in value && 'event' in value && 'at' in value;
}
