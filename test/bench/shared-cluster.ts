import { setTimeout as delay } from 'node:timers/promises';
import { createE2eCluster, type E2eCluster, type ListedNode } from '../support/e2e-cluster.ts';

/** A cluster with the CNI add-on and the seeder's agent, and how to make workers of it; made when it is first asked for. */
export interface BenchCluster {
  readonly cluster: E2eCluster;
  /** Boots a machine whose sync ends as pending; answers how to accept it. */
  readonly addPending: (host: string, ip?: string) => Promise<() => Promise<void>>;
  readonly waitReady: (host: string) => Promise<void>;
  /** Takes a machine away, with its Node and its entry. */
  readonly removeWorker: (host: string) => Promise<void>;
  /** A joined worker that stays, whose agent does not run. */
  readonly worker: () => Promise<string>;
}

const WORKER = 'w-1';
/** The door reads the head for strangers three times, and then once in 20 s for all of them: a machine of ours needs two readings. */
const READINGS_MS = 42_000;

export async function createBenchCluster(): Promise<BenchCluster & AsyncDisposable> {
  const cluster = await createE2eCluster('bench');
  const listed = new Map<string, ListedNode>();
  const commitList = (message: string): Promise<void> => cluster.commitNodes([...listed.values()], {}, message);
  try {
    listed.set('cp-1', await cluster.bootstrap());
    await cluster.kubectl(['wait', '--for=condition=Ready', 'node/cp-1', '--timeout=110s']);
  } catch (error) {
    await cluster[Symbol.asyncDispose]();
    throw error;
  }
  const self: BenchCluster = {
    cluster,
    addPending: async (host, ip) => {
      await cluster.addMachine(host, {}, ip);
      const status = await cluster.sync(host);
      if (status.phase !== 'pending') throw new Error(`${host} is not pending: ${JSON.stringify(status, null, 2)}`);
      await delay(READINGS_MS);
      const node: ListedNode = { name: host, key: await cluster.fingerprint(host), role: 'worker' };
      return () => commitList(`Accept ${listed.set(host, node) && host}`);
    },
    waitReady: async (host) => {
      await cluster.kubectl(['wait', '--for=condition=Ready', `node/${host}`, '--timeout=110s']);
    },
    removeWorker: async (host) => {
      await cluster.lab.purge(host);
      await cluster.kubectl(['delete', 'node', host]);
      listed.delete(host);
      await commitList(`Remove ${host}`);
    },
    worker: async () => {
      if (listed.has(WORKER)) return WORKER;
      const accept = await self.addPending(WORKER);
      await accept();
      await cluster.run(WORKER, ['sync', '--once']);
      await self.waitReady(WORKER);
      return WORKER;
    },
  };
  return { ...self, [Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose]() };
}
