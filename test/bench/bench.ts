import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { apply } from './apply.ts';
import { fetchFigure } from './fetch.ts';
import type { Figure, Measured } from './figure.ts';
import { formatResults } from './format-results.ts';
import { join } from './join.ts';
import { memory } from './memory.ts';
import { noChange } from './no-change.ts';
import { seeder } from './seeder.ts';
import { createBenchCluster } from './shared-cluster.ts';
import { soak } from './soak.ts';
import { startUp } from './start-up.ts';
import { sync } from './sync.ts';

// node test/bench/bench.ts [FIGURE...] [-o human|json] [--runs N]: see docs/benchmarks.md
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { output: { type: 'string', short: 'o', default: 'human' }, runs: { type: 'string' } },
});

await using stack = new AsyncDisposableStack();
let opened: ReturnType<typeof createBenchCluster> | undefined;
const open = (): ReturnType<typeof createBenchCluster> => {
  opened ??= createBenchCluster().then((cluster) => stack.use(cluster));
  return opened;
};

// the seeder first: the cluster that the others share would run beside it
const figures: readonly Figure[] = [
  startUp,
  fetchFigure,
  apply,
  sync,
  seeder,
  join(open),
  noChange(open),
  memory(open),
  soak(open),
];
const unknown = positionals.filter((name) => !figures.some((figure) => figure.name === name));
if (unknown.length > 0 || !['human', 'json'].includes(values.output)) {
  console.error(`usage: bench.ts [-o human|json] [--runs N] [FIGURE...]; the figures are:`);
  for (const { name, summary } of figures) console.error(`  ${name.padEnd(10)} ${summary}`);
  process.exit(64);
}

const results: Measured[] = [];
const chosen = figures.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const runsOf = (figure: Figure): number => (values.runs === undefined ? figure.runs : Number(values.runs));
const secondsOf = (figure: Figure): number => figure.seconds.setUp + figure.seconds.run * runsOf(figure);
for (const [at, figure] of chosen.entries()) {
  const left = chosen.slice(at).reduce((sum, other) => sum + secondsOf(other), 0);
  console.error(`${figure.name}: ${figure.summary} (about ${secondsOf(figure)} s; all that is left ${left} s)`);
  const say = (text: string): void => console.error(`  ${text}`);
  results.push(...(await figure.measure(runsOf(figure), say)));
}

const machine = { processors: cpus().length, load: loadavg().map((load) => Number(load.toFixed(1))) };
if (values.output === 'json') console.log(JSON.stringify({ machine, results }, null, 2));
else {
  console.log(formatResults(results));
  console.log(
    `On ${machine.processors} processors, load ${machine.load.join(' ')} at the end. Ratios are medians of pairs.`,
  );
}
