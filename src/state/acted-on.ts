import { KubicError } from '../errors/kubic-error.ts';
import { readTextFile, writeFileAtomically } from '../platform/files.ts';

/** The commit acted on last: the anchor a head must descend from. Kept apart from the store, which may be emptied. */
export interface ActedOn {
  readonly commit: string;
  /** The rewinds ever accepted. Each counted once: a setting that still names one cannot bring that commit back later. */
  readonly usedRewinds: readonly string[];
}

function isOid(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{40}$/.test(value);
}

/**
 * @returns undefined on a machine that has acted on nothing yet
 * @throws KubicError agent.state-corrupt: to go on without the anchor would let any rewind pass
 */
export async function loadActedOn(path: string): Promise<ActedOn | undefined> {
  const text = await readTextFile(path).catch((cause: unknown) => {
    throw corrupt(path, cause);
  });
  if (text === undefined) return undefined;
  try {
    // `usedRewind`: the last one alone, as agents wrote it before there was a list
    const value = JSON.parse(text) as Readonly<Record<'commit' | 'usedRewind' | 'usedRewinds', unknown>>;
    const { commit, usedRewind, usedRewinds = usedRewind === undefined ? [] : [usedRewind] } = value;
    if (isOid(commit) && Array.isArray(usedRewinds) && usedRewinds.every(isOid)) return { commit, usedRewinds };
  } catch (cause) {
    throw corrupt(path, cause);
  }
  throw corrupt(path);
}

/** @throws KubicError agent.state-unwritable */
export async function saveActedOn(path: string, state: ActedOn): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify(state)}\n`, 0o600);
}

function corrupt(path: string, cause?: unknown): KubicError {
  return new KubicError('agent.state-corrupt', {
    detail: path,
    hint: `Check that the branch is at a commit you trust, then remove ${path}: the next head is taken as it is.`,
    retry: 'never',
    ...(cause === undefined ? {} : { cause }),
  });
}
