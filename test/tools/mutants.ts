// mutants [--per-file N] [FOLDER|FILE...]: changes the sources here and there, one change at a time, in a copy of the tree, and runs
// the unit tests of its folder that import the file (or, where there are none, all that do). Prints what no test noticed, and figures by folder; fails below the share that has to die.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { mutantsOf, sample } from './mutate.ts';

const SHARE = 0.85;
/** A mutant that takes longer than this hangs, and counts as noticed. */
const PATIENCE_MS = 180_000;

/** Tests that need servers, hosts or another compiler, or look at the program from outside. */
const ELSEWHERE =
  /^test\/(addons\/kubectl|agent|bench|ci|cli|cluster|demo|docs|e2e|examples|golden|lab|layers|tools)\//;

const { values, positionals } = parseArgs({
  options: { 'per-file': { type: 'string', default: '15' } },
  allowPositionals: true,
});
const perFile = Number(values['per-file']);
const folders = positionals.length > 0 ? positionals : ['src/plan', 'src/addons', 'src/admission'];
const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' }).trim().split('\n');
const sources = tracked.filter((file) => file.endsWith('.ts') && folders.some((folder) => file.startsWith(folder)));

/** What a file imports of ours, in one step. */
const imports = new Map(
  tracked
    .filter((file) => file.endsWith('.ts'))
    .map((file) => {
      const found = readFileSync(file, 'utf8').matchAll(/(?:from |import\()'(\.[^']+\.ts)'/g);
      return [file, [...found].map(([, path]) => relative('.', resolve(dirname(file), path ?? '')))] as const;
    }),
);

function importersOf(file: string): readonly string[] {
  const reaching = new Set([file]);
  for (let before = 0; before !== reaching.size; ) {
    before = reaching.size;
    for (const [importer, imported] of imports) if (imported.some((each) => reaching.has(each))) reaching.add(importer);
  }
  const tests = [...reaching].filter((each) => each.endsWith('.test.ts') && !ELSEWHERE.test(each));
  const near = tests.filter((each) => each.startsWith(`test/${file.split('/')[1]}/`));
  return near.length > 0 ? near : tests;
}

interface Outcome {
  killed: number;
  readonly survived: string[];
}

/** Tries mutants from one on; answers how far it came: a process that hangs is ended, and the next goes on behind it. */
async function runFrom(file: string, from: number, outcome: Outcome, root: string): Promise<number> {
  const program = join(root, 'test/tools/mutants-program.ts');
  const child = spawn(process.execPath, [program, file, `${from}`, `${perFile}`, ...importersOf(file)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let current = from - 1;
  let isTried = true;
  let timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    clearTimeout(timer);
    timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    if (line.startsWith('begin ')) current = Number(line.slice('begin '.length));
    isTried = !line.startsWith('begin ');
    if (line === 'killed') outcome.killed++;
    if (line.startsWith('survived ')) outcome.survived.push(line.slice('survived '.length));
  }
  clearTimeout(timer);
  if (!isTried) outcome.killed++;
  else if (current < from) {
    outcome.survived.push(`${file}: its tests did not run`);
    return perFile;
  }
  return current + 1;
}

const root = mkdtempSync(join(tmpdir(), 'mutants-'));
const byFolder = new Map<string, Outcome>();
try {
  for (const file of tracked) cpSync(file, join(root, file));
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  for (const file of sources) {
    const total = sample(mutantsOf(readFileSync(file, 'utf8')), perFile).length;
    if (total === 0) continue;
    const folder = file.split('/').slice(0, 2).join('/');
    const sum = byFolder.get(folder) ?? { killed: 0, survived: [] };
    byFolder.set(folder, sum);
    const before = sum.survived.length;
    if (importersOf(file).length === 0)
      sum.survived.push(...Array.from({ length: total }, () => `${file}: no unit test`));
    else for (let from = 0; from < total; ) from = await runFrom(file, from, sum, root);
    writeFileSync(join(root, file), readFileSync(file));
    console.log(`${file}: ${total - (sum.survived.length - before)} of ${total} noticed`);
    for (const survivor of sum.survived.slice(before)) console.log(`  ${survivor}`);
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
for (const [folder, { killed, survived }] of byFolder) {
  const total = killed + survived.length;
  console.log(`${folder}: ${killed} of ${total} noticed (${Math.round((100 * killed) / total)} %)`);
  if (killed < total * SHARE) process.exitCode = 1;
}
