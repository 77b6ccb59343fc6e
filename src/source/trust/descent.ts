/**
 * How a head relates to an older commit. `unknown`: the history at hand ends (a shallow boundary) before the answer does;
 * fetch more of it and ask again.
 */
export type Descent = 'descends' | 'rewound' | 'unknown';

/** Parents of a commit, or undefined where the commit is not at hand. */
export type ParentsOf = (commit: string) => readonly string[] | undefined;

/**
 * Is `ancestor` the head or in its history? isomorphic-git's isDescendent says *false* at a shallow boundary too, so
 * that two quick commits after a shallow fetch could pass for a force-push.
 */
export function checkDescent(parentsOf: ParentsOf, head: string, ancestor: string): Descent {
  const walk = collectHistory(parentsOf, head, ancestor);
  if (walk.commits.has(ancestor)) return 'descends';
  if (walk.boundary.size === 0) return 'rewound';
  // What lies beyond the boundary is older than the ancestor where the ancestor itself leads there.
  const older = collectHistory(parentsOf, ancestor);
  return [...walk.boundary].every((commit) => older.commits.has(commit)) ? 'rewound' : 'unknown';
}

interface History {
  readonly commits: ReadonlySet<string>;
  /** Commits at hand with a parent that is not, and the start itself if it is not. */
  readonly boundary: ReadonlySet<string>;
}

function collectHistory(parentsOf: ParentsOf, start: string, until?: string): History {
  const commits = new Set<string>();
  const boundary = new Set<string>();
  const queue: { readonly commit: string; readonly child: string }[] = [{ commit: start, child: start }];
  // It grows while it is read: breadth first, for the nearest commits are the likeliest
  for (const { commit, child } of queue) {
    if (commits.has(commit)) continue;
    if (commit === until) return { commits: new Set([commit]), boundary: new Set() };
    const parents = parentsOf(commit);
    if (parents === undefined) {
      boundary.add(child);
      continue;
    }
    commits.add(commit);
    for (const parent of parents) queue.push({ commit: parent, child: commit });
  }
  return { commits, boundary };
}
