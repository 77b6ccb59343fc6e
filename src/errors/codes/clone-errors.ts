import type { Catalogue } from '../catalogue-entry.ts';

/** What keeps `nodes` from editing and committing the node list of a clone. */
export const cloneErrors = {
  'admission.not-a-clone': {
    summary: 'this is no clone of a cluster repository',
    cause: 'The directory is in no Git work tree, or has no cluster.yaml.',
    remedy: 'Run it where cluster.yaml is, or name that directory with `--dir`.',
    retry: 'never',
  },
  'admission.uncommitted': {
    summary: 'the list of nodes has changes that are not committed',
    cause: 'They would go into the commit that accepts the node.',
    remedy: 'Commit them, or take them back with `git restore`.',
    retry: 'never',
  },
  'admission.not-found-pending': {
    summary: 'no pending machine has this name',
    cause: 'It has not asked yet, asked under another name, or is accepted already.',
    remedy: 'See `kubic-init nodes pending`; or name the fingerprint: `nodes accept NAME SHA256:…`.',
    retry: 'never',
  },
  'admission.other-key-pending': {
    summary: 'another key than this one asks under this name',
    cause: 'The fingerprint is not that of the machine that waits: mistyped, or somebody else asks under that name.',
    remedy:
      'Compare both with the console of the machine. `--yes` accepts the given one all the same (a key made ahead of time).',
    retry: 'never',
  },
  'admission.several-pending': {
    summary: 'several pending machines have this name',
    cause: 'Two machines asked under the same name; only one of them can be the one you mean.',
    remedy: 'Compare with the console of the machine, and name the fingerprint: `nodes accept NAME SHA256:…`.',
    retry: 'never',
  },
  'admission.list-conflict': {
    summary: 'the list already says otherwise',
    cause:
      'The key is bound to another name, or is rejected, or the name is bound to another key or has other labels or taints.',
    remedy: 'Change the entry in nodes.yaml by hand, if that is what you mean: it takes access from another machine.',
    retry: 'never',
  },
  'admission.not-confirmed': {
    summary: 'nobody has compared the fingerprints',
    cause: 'The fingerprint came from the list of pending machines, where anyone who reaches the port can put one.',
    remedy:
      'Compare with the console of the machine, then name the fingerprint, or pass `--yes`; on a terminal you are asked.',
    retry: 'never',
  },
  'admission.declined': {
    summary: 'nothing was changed: the fingerprints were not said to be the same',
    cause: 'Somebody else may be asking under that name, or the machine has made a new key since.',
    remedy: 'Look at the console of the machine and at `kubic-init nodes pending`; accept what the console shows.',
    retry: 'never',
  },
  'admission.not-pushed': {
    summary: 'the commit was made, but not pushed',
    cause: 'The remote is ahead of this clone, or does not let you push to this branch.',
    remedy: 'Run `git pull --rebase` and `git push`; or push it to another branch and open a merge request.',
    retry: 'never',
  },
  'admission.git-failed': {
    summary: 'git failed',
    cause: 'A hook, the signing of commits, or the state of the clone; what git said stands above.',
    remedy: 'Mend what git names, and run it again.',
    retry: 'never',
  },
} as const satisfies Catalogue;
