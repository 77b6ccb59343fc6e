import { KubicError } from '../errors/kubic-error.ts';
import { readTextFile, writeFileAtomically } from '../platform/files.ts';

/** The commit acted on last: the anchor a head must descend from. Kept apart from the store, which may be emptied. */
export interface ActedOn {
  readonly commit: string;
  /** The rewind accepted last. It counted once: a setting that still names it cannot bring that commit back later. */
  readonly usedRewind?: string | undefined;
}

const OID = /^[0-9a-f]{40}$/;

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
    const value = JSON.parse(text) as { readonly commit?: unknown; readonly usedRewind?: unknown };
    const { commit, usedRewind } = value;
    if (typeof commit === 'string' && OID.test(commit)) {
      if (usedRewind === undefined) return { commit };
      if (typeof usedRewind === 'string' && OID.test(usedRewind)) return { commit, usedRewind };
    }
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
