import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Status } from '../../src/generated/status.generated.ts';
import { buildStatus } from '../../src/report/build-status.ts';
import { fingerprint } from '../support/builders.ts';
import type { Figure, Measured } from './figure.ts';
import { measurePairs, summarizePairs, timed } from './statistics.ts';

const AIM = 3;

/** `version` and `status` beside a Node process that has nothing to do; the same Node for all. */
export const startUp: Figure = {
  name: 'start-up',
  summary: 'kubic-init version and status, over an empty Node process',
  runs: 40,
  seconds: { setUp: 0, run: 1 },
  measure: async (runs, say) => {
    const stateDir = await mkdtemp(join(tmpdir(), 'kubic-bench-'));
    try {
      await writeFile(join(stateDir, 'status.json'), JSON.stringify(idleStatus()));
      const results: Measured[] = [];
      for (const args of [['version'], ['status', '--state-dir', stateDir]]) {
        const ours = (): Promise<number> => timed(() => runNode(['dist/kubic-init', ...args]));
        const empty = (): Promise<number> => timed(() => runNode(['-e', '0']));
        say(`${args[0]}, ${runs} times`);
        await ours(); // the file's pages come from the disk once
        const pairs = await measurePairs(runs, ours, empty, () => {});
        results.push(summarizePairs(`start-up of \`${args[0]}\` / empty node`, 'ms', pairs, AIM));
      }
      return results;
    } finally {
      await rm(stateDir, { recursive: true });
    }
  },
};

function idleStatus(): Status {
  const times = { startedAt: new Date(0), endedAt: new Date(1000) };
  const status = buildStatus({ hostname: 'w-1', fingerprint: fingerprint('W'), ...times });
  const addons = ['cni', 'web'].map((name) => ({ name, status: 'healthy' as const, problems: [] }));
  return { ...status, phase: 'in-sync', addons };
}

async function runNode(args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with exit code ${code}`);
}
