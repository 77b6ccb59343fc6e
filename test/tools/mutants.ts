// mutants [--per-file N | --all] [--cluster] [FOLDER|FILE...]: changes the sources here and there, one change at a time, in a copy of the tree, and asks
// the unit tests that import the file, the compiler, and with --cluster the suites on a real API server. Prints what nobody noticed, and figures by folder; fails below the share that has to die.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type Mutant, mutantsOf, sample } from './mutate.ts';
import { findTestsOf, type TestsOf } from './tests-of.ts';

const SHARE = 0.85;
/** Until the first mutant the tests run once without one. */
const START_MS = 900_000;

const { values, positionals } = parseArgs({
  options: {
    'per-file': { type: 'string', default: '15' },
    all: { type: 'boolean', default: false },
    cluster: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
/** A mutant that says nothing for so long hangs, and counts as noticed. */
const PATIENCE_MS = values.cluster ? 600_000 : 180_000;
const perFile = values.all ? Number.MAX_SAFE_INTEGER : Number(values['per-file']);
const folders = positionals.length > 0 ? positionals : ['src/plan', 'src/addons', 'src/admission'];
const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' }).trim().split('\n');
const sources = tracked.filter((file) => file.endsWith('.ts') && folders.some((folder) => file.startsWith(folder)));
const testsOf = findTestsOf(tracked.filter((file) => file.endsWith('.ts')));

interface Outcome {
  tests: number;
  compiler: number;
  readonly survived: string[];
}

const totalOf = ({ tests, compiler, survived }: Outcome): number => tests + compiler + survived.length;

/** Counts what came of a mutant; false for a line that says something else. */
function note(line: string, mutant: string, outcome: Outcome): boolean {
  if (line === 'survived') outcome.survived.push(mutant);
  else if (line === 'tests' || line === 'compiler') outcome[line]++;
  else return false;
  return true;
}

/** Tries mutants from one on; answers how far it came: a process that hangs is ended, and the next goes on behind it. */
async function runFrom(file: string, from: number, mutants: readonly Mutant[], tests: TestsOf, outcome: Outcome) {
  const program = join(root, 'test/tools/mutants-program.ts');
  const lists = [tests.near.join(), [...tests.far, ...(values.cluster ? tests.cluster : [])].join()];
  const child = spawn(process.execPath, [program, file, `${from}`, `${perFile}`, ...lists], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let [current, tried] = [from - 1, from];
  const end = (): boolean => child.kill('SIGKILL');
  let timer = setTimeout(end, START_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    clearTimeout(timer);
    timer = setTimeout(end, PATIENCE_MS);
    if (line.startsWith('begin ')) current = Number(line.slice('begin '.length));
    if (note(line, `${file}:${mutants[current]?.line} ${mutants[current]?.change}`, outcome)) tried = current + 1;
  }
  clearTimeout(timer);
  const [, signal] = (await ended) as [number | null, string | null];
  const isHung = signal === 'SIGKILL' && current >= tried;
  if (isHung) outcome.tests++;
  else outcome.survived.push(...mutants.slice(tried).map(({ line }) => `${file}:${line} its tests did not run`));
  return isHung ? current + 1 : mutants.length;
}

async function tryMutants(file: string, outcome: Outcome): Promise<void> {
  const mutants = sample(mutantsOf(readFileSync(file, 'utf8')), perFile);
  const tests = testsOf(file);
  if (tests.near.length === 0 && !values.cluster)
    outcome.survived.push(...mutants.map(({ line }) => `${file}:${line} no unit test`));
  else for (let from = 0; from < mutants.length; ) from = await runFrom(file, from, mutants, tests, outcome);
}

const root = mkdtempSync(join(tmpdir(), 'mutants-'));
const byFolder = new Map<string, Outcome>();
try {
  for (const file of tracked) cpSync(file, join(root, file));
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  for (const file of sources) {
    const found: Outcome = { tests: 0, compiler: 0, survived: [] };
    await tryMutants(file, found);
    writeFileSync(join(root, file), readFileSync(file));
    if (totalOf(found) === 0) continue;
    const folder = file.split('/').slice(0, 2).join('/');
    const sum = byFolder.get(folder) ?? { tests: 0, compiler: 0, survived: [] };
    byFolder.set(folder, {
      tests: sum.tests + found.tests,
      compiler: sum.compiler + found.compiler,
      survived: [...sum.survived, ...found.survived],
    });
    console.log(`${file}: ${totalOf(found) - found.survived.length} of ${totalOf(found)} noticed`);
    for (const survivor of found.survived) console.log(`  ${survivor}`);
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
for (const [folder, outcome] of byFolder) {
  const { tests, compiler } = outcome;
  const share = (tests + compiler) / totalOf(outcome);
  console.log(
    `${folder}: ${tests + compiler} of ${totalOf(outcome)} noticed (${(100 * share).toFixed(1)} %), ${compiler} by the compiler alone`,
  );
  if (share < SHARE) process.exitCode = 1;
}
