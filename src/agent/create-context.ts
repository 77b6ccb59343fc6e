import { hostname } from 'node:os';
import { type Identity, loadOrCreateIdentity } from '../admission/identity/identity.ts';
import { createKubeClient } from '../kube/create-kube-client.ts';
import type { KubeClient } from '../kube/kube-client.ts';
import { createUntouchedMemory, type UntouchedMemory } from '../observe/addons/untouched-memory.ts';
import { loadX509 } from '../pki/load-x509.ts';
import { createExec, type Exec } from '../platform/exec.ts';
import { detectHostAccess } from '../platform/host-access.ts';
import { ADMIN_KUBECONFIG } from '../platform/host-paths.ts';
import { createTurns } from '../platform/in-turn.ts';
import { loadCredentials } from '../settings/load-credentials.ts';
import type { Settings } from '../settings/settings.ts';
import { loadMembership } from '../state/membership-record.ts';
import { statePath } from '../state/paths.ts';
import { createRepositorySource, type RepositorySource } from '../sync/reading/repository-source.ts';
import { createLeadership, type Leadership } from './leadership.ts';

/** What lives as long as the process: made once, used by every sync. */
export interface SyncContext {
  readonly settings: Settings;
  readonly identity: Identity;
  readonly machine: { readonly hostname: string; readonly claimedName: string; readonly fingerprint: string };
  readonly journalFile: string;
  readonly exec: Exec;
  readonly source: RepositorySource;
  /** A client per kubeconfig, kept for its connections. */
  readonly kubeClient: (kubeconfigPath: string) => Promise<KubeClient>;
  readonly adminClient: () => Promise<KubeClient>;
  /** Of what was observed of add-ons: the next sync need not find it out again. */
  readonly memory: UntouchedMemory;
  readonly leadership: Leadership;
  readonly close: () => Promise<void>;
}

/** What syncs and services of this machine share, until it is closed. @throws KubicError of the identity, agent.* */
export async function createContext(settings: Settings): Promise<SyncContext> {
  const identity = await loadOrCreateIdentity(settings.stateDir);
  const clients = new Map<string, Promise<KubeClient>>();
  const kubeClient = (path: string): Promise<KubeClient> => {
    const client = clients.get(path) ?? createKubeClient({ path });
    clients.set(path, client);
    client.catch(() => clients.delete(path)); // not there yet: the next sync looks again
    return client;
  };
  const adminClient = (): Promise<KubeClient> => kubeClient(ADMIN_KUBECONFIG);
  const leadership = createLeadership(adminClient, identity.fingerprint);
  return {
    settings,
    identity,
    machine: {
      hostname: hostname(),
      claimedName: settings.nodeName ?? hostname(),
      fingerprint: identity.fingerprint,
    },
    journalFile: statePath(settings.stateDir, 'journal'),
    exec: createExec(detectHostAccess().prefix),
    source: oneAtATime(
      createRepositorySource({
        repository: settings.repository,
        loadCredentials: () => loadCredentials(settings),
        caFile: settings.repository.caFile,
        stateDir: settings.stateDir,
        actedOnFile: statePath(settings.stateDir, 'actedOn'),
        child: { onStart: () => void loadForEnrolment(settings.stateDir) },
      }),
    ),
    kubeClient,
    adminClient,
    memory: createUntouchedMemory(),
    leadership,
    close: async () => {
      await leadership.release().catch(() => {}); // it expires by itself
      for (const client of clients.values()) await client.then((open) => open.close()).catch(() => {});
    },
  };
}

/** A machine that is no member yet will enrol: what that takes is loaded while another process reads the repository. */
async function loadForEnrolment(stateDir: string): Promise<void> {
  const isMember = await loadMembership(stateDir).then(Boolean, () => true);
  if (!isMember) await loadX509();
}

/** A sync and an enrolment may both want the head: they share one store on disk. */
function oneAtATime(source: RepositorySource): RepositorySource {
  const inTurn = createTurns();
  return { ...source, fetchSnapshot: (options) => inTurn('fetch', () => source.fetchSnapshot(options)) };
}
