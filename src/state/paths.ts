import { join } from 'node:path';

interface RememberedFile {
  readonly name: string;
  /** What is in it, in a few words: docs/architecture.md prints this. */
  readonly about: string;
  /**
   * What `reset` does with it. `last`: removed when all else is, so that a reset that was cut short can be run again. `trust`: removed
   * only with the identity, for without it any older commit of the repository would pass.
   */
  readonly atReset: 'removed' | 'last' | 'trust';
}

/** Everything a machine remembers in its state directory, by what it is: the only place that knows these names. */
export const STATE_FILES = {
  identity: { name: 'identity.key', about: 'the identity: its private key', atReset: 'trust' },
  actedOn: {
    name: 'acted-on.json',
    about: 'the commit acted on last, which a head must descend from',
    atReset: 'trust',
  },
  guards: { name: 'guards.json', about: 'the guards that hold that commit, and the next', atReset: 'trust' },
  membership: { name: 'membership.json', about: 'what this machine became a member as', atReset: 'last' },
  journal: { name: 'journal.jsonl', about: 'actions begun and ended', atReset: 'removed' },
  status: { name: 'status.json', about: 'what `status` prints', atReset: 'removed' },
  durations: {
    name: 'durations.json',
    about: 'how long actions took here: estimates are made of it',
    atReset: 'removed',
  },
  source: { name: 'source', about: "the repository's store (a directory)", atReset: 'removed' },
  rendered: {
    name: 'rendered',
    about: "what add-ons declare, kept by Git's ids (a directory)",
    atReset: 'removed',
  },
  inventories: {
    name: 'addons',
    about: 'inventories that the API server would not take yet (a directory)',
    atReset: 'removed',
  },
  fetchLock: { name: 'fetch.lock', about: 'keeps two fetches into that store apart', atReset: 'removed' },
} as const satisfies Readonly<Record<string, RememberedFile>>;

/** Everything in the runtime directory, which a reboot empties. */
export const RUNTIME_FILES = {
  lock: { name: 'lock', about: 'keeps two syncs apart' },
  socket: { name: 'agent.sock', about: "the agent's socket" },
  initConfiguration: { name: 'kubeadm-init.yaml', about: 'what kubeadm init is given' },
  joinConfiguration: { name: 'kubeadm-join.yaml', about: 'what kubeadm join is given' },
  discovery: { name: 'discovery.conf', about: 'a pipe: the certificate a join goes in with; gone after it' },
} as const satisfies Readonly<Record<string, Pick<RememberedFile, 'name' | 'about'>>>;

/** The path of a file of the state directory. */
export function statePath(stateDir: string, file: keyof typeof STATE_FILES): string {
  return join(stateDir, STATE_FILES[file].name);
}

/** The path of a file of the runtime directory. */
export function runtimePath(runtimeDir: string, file: keyof typeof RUNTIME_FILES): string {
  return join(runtimeDir, RUNTIME_FILES[file].name);
}
