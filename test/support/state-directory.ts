import type { JournalRecord } from '../../src/state/journal.ts';
import type { E2eCluster } from './e2e-cluster.ts';

/** Where the program keeps its state on a host. */
export const STATE = '/var/lib/kubic-init';

/** What must not get lost, each with its hash: not the status, which every sync writes anew, nor what is fetched again if need be. */
export async function hashRecords(cluster: E2eCluster, host: string): Promise<Readonly<Record<string, string>>> {
  const entries = Object.entries(await hashState(cluster, host));
  return Object.fromEntries(entries.filter(([path]) => path !== 'status.json' && !path.startsWith('source/')));
}

/** Each file of the state with the hash of what it holds. */
async function hashState({ lab }: E2eCluster, host: string): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await lab.exec(host, ['find', STATE, '-type', 'f', '-exec', 'sha256sum', '{}', '+']);
  const lines = stdout.trim().split('\n');
  const entries = lines.map((line) => [line.slice(66).replace(`${STATE}/`, ''), line.slice(0, 64)] as const);
  return Object.fromEntries(entries.filter(([path]) => path !== 'filler'));
}

/** The documents that are not whole. The journal is none: its reader drops a record that was cut short. */
export async function brokenDocuments(cluster: E2eCluster, host: string): Promise<string[]> {
  const broken: string[] = [];
  for (const path of Object.keys(await hashState(cluster, host))) {
    if (path.endsWith('.json') && !isWhole(await readState(cluster, host, path))) broken.push(path);
  }
  return broken;
}

/** What a write that was cut short leaves and the next sync has to clear away: temporary files, packs without an index. */
export async function strayFiles(cluster: E2eCluster, host: string): Promise<string[]> {
  const paths = Object.keys(await hashState(cluster, host));
  const isOrphan = (path: string): boolean => path.endsWith('.pack') && !paths.includes(path.replace(/pack$/, 'idx'));
  return paths.filter((path) => path.endsWith('.tmp') || isOrphan(path));
}

export async function readState({ lab }: E2eCluster, host: string, path: string): Promise<string> {
  return (await lab.exec(host, ['cat', `${STATE}/${path}`])).stdout;
}

/** The journal's records, `kind event` each. */
export async function readJournal(cluster: E2eCluster, host: string): Promise<string[]> {
  const text = await readState(cluster, host, 'journal.jsonl');
  const records = text.split('\n').flatMap((line): JournalRecord[] => (line === '' ? [] : [JSON.parse(line)]));
  return records.map(({ kind, event, error }) => [kind, event, ...(error ? [error] : [])].join(' '));
}

function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
