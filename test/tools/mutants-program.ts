// mutants-program FILE FROM COUNT: tries the mutants of one source file in the working directory, which is a copy that may be
// changed, from the FROM-th of COUNT on. A line for each: `begin N`, `killed` or `survived`.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createVitest } from 'vitest/node';
import { mutantsOf, sample } from './mutate.ts';

const [file = '', from = '0', count = '15', ...tests] = process.argv.slice(2);
const original = readFileSync(file, 'utf8');
const vitest = await createVitest('test', {
  watch: false,
  project: ['unit'],
  reporters: [{}],
  bail: 1,
  maxWorkers: 1,
  testTimeout: 10_000,
});
const specifications = await vitest.globTestSpecifications(tests);

async function passes(): Promise<boolean> {
  vitest.invalidateFile(resolve(file));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  return unhandledErrors.length === 0 && testModules.every((module) => module.ok());
}

if (!(await passes())) throw new Error(`the tests of ${file} fail without a mutant: ${tests.join(' ')}`);
for (const [index, mutant] of sample(mutantsOf(original), Number(count)).entries()) {
  if (index < Number(from)) continue;
  console.log(`begin ${index}`);
  writeFileSync(file, mutant.text);
  const survives = await passes();
  console.log(survives ? `survived ${file}:${mutant.line} ${mutant.change}` : 'killed');
}
writeFileSync(file, original);
await vitest.close();
process.exit(0);
