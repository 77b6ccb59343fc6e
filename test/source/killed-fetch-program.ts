import { writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/**
 * The fetch process, killed (SIGKILL, so nothing gets to clean up) just before its n-th file operation.
 *
 *     node killed-fetch-program.ts N COUNT_FILE
 *
 * COUNT_FILE receives the number of operations when it was not killed.
 */
const [, , at = '', countFile = ''] = process.argv;
let count = 0;

const step = (): void => {
  count += 1;
  if (count === Number(at)) process.kill(process.pid, 'SIGKILL');
};

type Operation = (...args: readonly unknown[]) => unknown;

const interpose = (target: object, name: string): void => {
  const original = Reflect.get(target, name) as Operation;
  const counted: Operation = (...args) => {
    step();
    return original.apply(target, [...args]);
  };
  Reflect.set(target, name, counted);
};

for (const name of ['mkdir', 'rename', 'rm', 'unlink', 'chmod', 'readdir']) interpose(fs, name);
const { open } = fs;
fs.open = async (...args) => {
  step();
  const file = await open(...args);
  for (const name of ['write', 'writeFile', 'sync']) interpose(file, name);
  return file;
};
syncBuiltinESMExports();

const { answerWithFiles, runInternalFetch } = await import('../../src/source/fetch/internal-fetch.ts');
process.exitCode = await runInternalFetch(process.stdin, answerWithFiles);
writeFileSync(countFile, String(count));
