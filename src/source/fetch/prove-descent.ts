import { KubicError } from '../../errors/kubic-error.ts';
import { readCommit } from '../tree/commit.ts';
import { checkDescent, type Descent } from '../trust/descent.ts';
import { type Attempt, withObjects } from './attempt.ts';
import { fetchCommits } from './fetch-commits.ts';
import { fetchHistory } from './fetch-history.ts';

/** Depths to ask for, one after the other, until the history shows the commit acted on last; the last means all of it. */
const DEEPEN = [50, 1_000, 0x7fffffff];

/**
 * Proves that the head descends from the commit acted on last, or that this machine's administrator accepts a rewind.
 *
 * @returns the accepted rewind that lets the head pass, or undefined where none is needed
 * @throws KubicError source.rewind, and what a fetch throws
 */
export async function proveDescent(attempt: Attempt, head: string): Promise<string | undefined> {
  const { actedOn, acceptRewind } = attempt.job;
  if (actedOn === undefined || actedOn === head) return undefined;
  if (acceptRewind === head) return acceptRewind;
  if ((await establishDescent(attempt, head, actedOn)) === 'descends') return undefined;
  if (acceptRewind !== undefined && (await establishDescent(attempt, head, acceptRewind)) === 'descends') {
    return acceptRewind;
  }
  throw new KubicError('source.rewind', {
    detail: `${head} does not descend from ${actedOn}`,
    facts: { head, actedOn },
    hint: `Push a commit that descends from ${actedOn}. Or, if the rewrite is meant, stop the agent, run \`kubic-init sync --once --accept-rewind ${head}\` and start it again; or set acceptRewind: ${head} in this machine's settings and restart the agent.`,
  });
}

/** From what is at hand; else from commits alone; else, where the server cannot leave files out, from more and more history. */
async function establishDescent(attempt: Attempt, head: string, ancestor: string): Promise<Descent> {
  const check = (): Descent =>
    withObjects(attempt, (objects) =>
      checkDescent((oid) => (objects.has(oid) ? readCommit(objects, oid).parents : undefined), head, ancestor),
    );
  let descent = check();
  if (attempt.job.remote.filters) {
    // Without the ancestor's own history first: that is enough, unless the head does not descend from it
    for (const have of [ancestor, undefined]) {
      if (descent !== 'unknown' || !(await fetchCommits(attempt, head, have))) break;
      descent = check();
    }
  }
  for (const depth of DEEPEN) {
    if (descent !== 'unknown') break;
    await fetchHistory(attempt, depth);
    descent = check();
  }
  return descent;
}
