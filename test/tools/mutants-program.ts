// mutants-program FILE FROM COUNT NEAR FAR: tries the mutants of one source file in the working directory, which is a copy that may be
// changed, from the FROM-th of COUNT on. NEAR and FAR are test files with commas between: the far ones are asked about what neither the near ones nor
// the compiler notice. A line for each: `begin N`, `asking` while it goes on, then `tests`, `compiler` or `survived`.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createVitest } from 'vitest/node';
import { mutantsOf, sample } from './mutate.ts';

const [file = '', from = '0', count = '15', ...tests] = process.argv.slice(2);
const [near = [], far = []] = tests.map((list) => list.split(',').filter((test) => test !== ''));
const original = readFileSync(file, 'utf8');
const vitest = await createVitest('test', {
  watch: false,
  project: far.some((test) => test.startsWith('test/cluster/')) ? ['unit', 'cluster'] : ['unit'],
  reporters: [{}],
  bail: 1,
  maxWorkers: 1,
  isolate: false,
});

const specifications = new Map(
  await Promise.all([near, far].map(async (tests) => [tests, await vitest.globTestSpecifications(tests)] as const)),
);

async function pass(tests: string[]): Promise<boolean> {
  if (tests.length === 0) return true;
  vitest.invalidateFile(resolve(file));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications.get(tests) ?? []);
  return unhandledErrors.length === 0 && testModules.every((module) => module.ok());
}

/** `make verify` would not let it in. */
function compiles(): boolean {
  const incremental = ['--incremental', '--tsBuildInfoFile', resolve('mutants.tsbuildinfo')];
  return spawnSync('tsc', ['--noEmit', ...incremental], { stdio: 'ignore' }).status === 0;
}

/** Tests that fail by themselves would notice everything, and so would a compiler. */
async function requirePassing(tests: string[]): Promise<void> {
  if (!(await pass(tests))) throw new Error(`tests of ${file} fail without a mutant: ${tests.join(' ')}`);
}

let isChecked = false;

async function noticedBy(text: string): Promise<'tests' | 'compiler' | undefined> {
  writeFileSync(file, text);
  if (!(await pass(near))) return 'tests';
  console.log('asking');
  if (!isChecked) {
    writeFileSync(file, original);
    if (!compiles()) throw new Error(`${file} does not compile without a mutant`);
    await requirePassing(far);
    isChecked = true;
    writeFileSync(file, text);
  }
  if (!compiles()) return 'compiler';
  console.log('asking');
  return (await pass(far)) ? undefined : 'tests';
}

await requirePassing(near);
for (const [index, mutant] of sample(mutantsOf(original), Number(count)).entries()) {
  if (index < Number(from)) continue;
  console.log(`begin ${index}`);
  console.log((await noticedBy(mutant.text)) ?? 'survived');
}
writeFileSync(file, original);
await vitest.close();
process.exit(0);
