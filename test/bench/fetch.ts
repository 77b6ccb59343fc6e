import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FetchJob, FetchResult } from '../../src/source/fetch/fetch-job.ts';
import { createFetchObjects } from '../../src/source/fetch/fetch-objects.ts';
import { SOURCE_LIMITS } from '../../src/source/git-source.ts';
import type { ClusterRepository } from '../support/cluster-repository.ts';
import { type GitServer, startGitServer } from '../support/git-server.ts';
import { changeSomeManifests, createFetchRepository, FLEET, type RepositorySize, SIZES } from './fetch-repository.ts';
import type { Figure, Measured } from './figure.ts';
import { type Pair, summarizePairs, timed } from './statistics.ts';

const PROGRAM = join(import.meta.dirname, 'measured-fetch-program.ts');
/** Enough for either: what they need is the question. */
const MEMORY = 8 * 1024 ** 3;

type Reader = 'ours' | 'plain';
const STAGES = ['first fetch', 'fetch of one commit', 'reading alone'] as const;
type Stage = (typeof STAGES)[number];

interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** The fetch process with our reader of packs, beside one that leaves all to isomorphic-git. */
export const fetchFigure: Figure = {
  name: 'fetch',
  summary: 'the fetch process, over one with isomorphic-git alone, for repositories of 1, 50 and 200 MB',
  runs: 3,
  seconds: { setUp: 60, run: 60 },
  measure: async (runs, say) => {
    const directory = await mkdtemp(join(tmpdir(), 'kubic-bench-fetch-'));
    await using server = await servedFrom(directory);
    try {
      const results: Measured[] = [];
      for (const size of SIZES) results.push(...(await measureSize(size, { directory, server, runs, say })));
      return results;
    } finally {
      await rm(directory, { recursive: true });
    }
  },
};

async function servedFrom(root: string): Promise<GitServer & AsyncDisposable> {
  const server = await startGitServer({ root });
  return Object.assign(Object.create(server) as GitServer, { [Symbol.asyncDispose]: () => server.close() });
}

interface Bench {
  readonly directory: string;
  readonly server: GitServer;
  readonly runs: number;
  readonly say: (text: string) => void;
}

async function measureSize(size: RepositorySize, bench: Bench): Promise<readonly Measured[]> {
  const { directory, runs, say } = bench;
  say(`making a repository of ${size.megabytes} MB`);
  const name = `${size.megabytes}.git`;
  const repository = await createFetchRepository(join(directory, name), size);
  const costs = new Map<Stage, Record<Reader, Cost>[]>(STAGES.map((stage) => [stage, []]));
  // the first run warms up
  for (let run = -1; run < runs; run += 1) {
    for (const stage of STAGES) {
      if (stage === 'fetch of one commit') await changeSomeManifests(repository, run + 2);
      const pair = await measureStage(name, stage, run, { bench, repository });
      if (run >= 0) costs.get(stage)?.push(pair);
      say(
        `${size.megabytes} MB, ${stage}: ${(['ours', 'plain'] as const).map((who) => formatCost(who, pair[who])).join(', ')}`,
      );
    }
    for (const who of ['ours', 'plain']) await rm(join(directory, who), { recursive: true });
  }
  await rm(repository.path, { recursive: true });
  return [...costs].flatMap(([stage, pairs]) => {
    const of = (key: keyof Cost): Pair[] =>
      pairs.map(({ ours, plain }) => ({ ours: ours[key], reference: plain[key] }));
    return [
      summarizePairs(`${size.megabytes} MB, ${stage}, wall`, 'ms', of('wallMs')),
      summarizePairs(`${size.megabytes} MB, ${stage}, processor`, 'ms', of('cpuMs')),
      summarizePairs(`${size.megabytes} MB, ${stage}, peak memory`, 'MB', of('peakMb')),
    ];
  });
}

async function measureStage(
  name: string,
  stage: Stage,
  run: number,
  { bench, repository }: { readonly bench: Bench; readonly repository: ClusterRepository },
): Promise<Record<Reader, Cost>> {
  const commit = await repository.head();
  const order: readonly Reader[] = run % 2 === 0 ? ['ours', 'plain'] : ['plain', 'ours'];
  const found: Partial<Record<Reader, { readonly cost: Cost; readonly result: FetchResult }>> = {};
  for (const who of order) found[who] = await measureFetch(who, name, commit, bench);
  const { ours, plain } = found;
  if (ours === undefined || plain === undefined) throw new Error('one was not measured');
  const filesOf = ({ result }: { readonly result: FetchResult }): string =>
    JSON.stringify(
      [...result.snapshot.entries].map(([path, { oid }]) => `${oid} ${path}`).toSorted((a, b) => (a < b ? -1 : 1)),
    );
  if (filesOf(ours) !== filesOf(plain)) throw new Error(`${name}, ${stage}: they read different files`);
  return { ours: ours.cost, plain: plain.cost };
}

async function measureFetch(
  who: Reader,
  name: string,
  commit: string,
  { directory, server }: Bench,
): Promise<{ readonly cost: Cost; readonly result: FetchResult }> {
  const usageFile = join(directory, `usage-${who}`);
  const command = [process.execPath, '--max-old-space-size=256', PROGRAM, who, usageFile] as const;
  const fetchObjects = createFetchObjects({ command, memoryBytes: MEMORY });
  const job: FetchJob = {
    storeDir: join(directory, who, 'store'),
    path: FLEET,
    limits: SOURCE_LIMITS.snapshot,
    commit,
    remote: { url: `${server.url}/${name}`, branch: 'main', filters: false, limits: SOURCE_LIMITS.fetch },
  };
  let result: FetchResult | undefined;
  const wallMs = await timed(async () => {
    result = await fetchObjects(job);
  });
  const usage = JSON.parse(await readFile(usageFile, 'utf8')) as Omit<Cost, 'wallMs'>;
  if (result === undefined) throw new Error('nothing was fetched');
  return { cost: { wallMs, ...usage }, result };
}

function formatCost(who: Reader, { wallMs, cpuMs, peakMb }: Cost): string {
  return `${who} ${wallMs.toFixed(0)} ms (processor ${cpuMs.toFixed(0)}), ${peakMb.toFixed(0)} MB`;
}
