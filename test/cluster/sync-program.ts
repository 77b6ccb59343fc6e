import { join } from 'node:path';
import { loadOrCreateIdentity } from '../../src/admission/identity/identity.ts';
import { createLeadership } from '../../src/agent/leadership.ts';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import { usualSecondsOf } from '../../src/plan/describe.ts';
import { createExec } from '../../src/platform/exec.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { findPlan } from '../../src/sync/find-plan.ts';
import { createRepositorySource } from '../../src/sync/reading/repository-source.ts';
import { type SyncDeps, syncOnce } from '../../src/sync/sync.ts';
import { READING_COMMAND } from '../source/source-fixture.ts';

export interface SyncProgramInput {
  readonly stateDir: string;
  readonly url: string;
  readonly kubeconfig: string;
  /** Only look at the plan. */
  readonly planOnly: boolean;
}

export interface SyncProgramOutput {
  readonly held: readonly string[];
  readonly executed: readonly string[];
}

// One sync of a control plane, on the machine this process sees: the test gives it a file system of its own.
const { stateDir, url, kubeconfig, planOnly } = JSON.parse(process.argv[2] ?? '{}') as SyncProgramInput;
const repository = { url, branch: 'main', path: '' };
const client = await createKubeClient({ path: kubeconfig });
const adminClient = async () => client;
const identity = await loadOrCreateIdentity(stateDir);
const leadership = createLeadership(adminClient, identity.fingerprint);
const running = new AbortController().signal;

const deps: SyncDeps = {
  settings: { stateDir, repository } as Settings,
  identity,
  machine: { fingerprint: identity.fingerprint, claimedName: 'cp-1' },
  stateDir,
  journalFile: join(stateDir, 'journal.jsonl'),
  exec: createExec([]),
  source: createRepositorySource({
    repository,
    loadCredentials: async () => undefined,
    stateDir,
    actedOnFile: join(stateDir, 'acted-on.json'),
    child: { command: READING_COMMAND },
  }),
  adminClient,
  lead: leadership.lead,
  signal: running,
  stopSignal: running,
  emit: () => {},
  onEnrolment: () => {},
  estimate: usualSecondsOf,
};

const { plan, executed } = planOnly ? { ...(await findPlan(deps)), executed: [] } : await syncOnce(deps);
const output: SyncProgramOutput = {
  held: plan.held.map(({ code, subject }) => `${code} ${subject}`),
  executed: executed.map(({ action, outcome }) => `${action.kind} ${outcome.error?.message ?? outcome.result}`),
};
console.log(JSON.stringify(output));
await leadership.release();
client.close();
