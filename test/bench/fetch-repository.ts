import { type ClusterRepository, createClusterRepository } from '../support/cluster-repository.ts';

/** What a repository of one size holds. */
export interface RepositorySize {
  /** Millions of bytes that a first fetch transfers, roughly. */
  readonly megabytes: number;
  readonly manifests: number;
  /** Files of random bytes, 2 MB each, outside the directory that is read. */
  readonly blobs: number;
}

export const SIZES: readonly RepositorySize[] = [
  { megabytes: 1, manifests: 500, blobs: 0 },
  { megabytes: 50, manifests: 2_000, blobs: 23 },
  { megabytes: 200, manifests: 4_000, blobs: 97 },
];

const COMMITS = 20;
const BLOB_BYTES = 2_000_000;

/** The directory in the repository that counts. */
export const FLEET = 'fleet';

/** Text manifests that resemble each other, binary files beside them, some history; repacked, so that deltas are there. */
export async function createFetchRepository(path: string, size: RepositorySize): Promise<ClusterRepository> {
  const repository = await createClusterRepository(path);
  const random = createRandom(size.megabytes);
  const numbers = Array.from({ length: size.manifests }, (_, n) => n);
  for (let commit = 0; commit < COMMITS; commit += 1) {
    const changed = numbers.filter((n) => commit === 0 || n % COMMITS === commit);
    const files: Record<string, string | Uint8Array> = {};
    for (const n of changed) files[manifestPath(n)] = formatManifest(n, commit, random);
    for (let n = commit; n < size.blobs; n += COMMITS) files[`images/${n}.bin`] = randomBytes(BLOB_BYTES, random);
    await repository.commit({ files });
  }
  const tuning = ['-c', 'core.bigFileThreshold=1m', '-c', 'pack.threads=2'];
  await repository.git([...tuning, 'repack', '-a', '-d', '-f', '-q', '--depth=50', '--window=10']);
  return repository;
}

/** A commit as an administrator makes one: a few files. */
export async function changeSomeManifests(repository: ClusterRepository, round: number): Promise<void> {
  const random = createRandom(1_000_000 + round);
  const numbers = [1, 2, 3].map((n) => n * 31 + round);
  const files = Object.fromEntries(numbers.map((n) => [manifestPath(n), formatManifest(n, round + 100, random)]));
  await repository.commit({ files });
}

function manifestPath(n: number): string {
  return `${FLEET}/addons/addon-${n % 40}/config-${n}.yaml`;
}

function formatManifest(n: number, version: number, random: () => number): string {
  const head = ['apiVersion: v1', 'kind: ConfigMap', `metadata: {name: config-${n}, namespace: default}`, 'data:'];
  const lines = Array.from({ length: 160 }, (_, i) => {
    const own = i % 40 === 0;
    return `  setting-${i}: "value ${own ? random() : (i * 7_919) % 1_000} of the service, version ${own ? version : 0}"`;
  });
  return `${[...head, ...lines].join('\n')}\n`;
}

function randomBytes(length: number, random: () => number): Buffer {
  const data = Buffer.alloc(length);
  for (let at = 0; at + 4 <= length; at += 4) data.writeUInt32LE(random(), at);
  return data;
}

/** Marsaglia's xorshift: the same repository at every run. */
function createRandom(seed: number): () => number {
  let state = seed + 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
