import { once } from 'node:events';
import type { E2eCluster } from './e2e-cluster.ts';
import { STATE } from './state-directory.ts';

const DISK = '/root/full';
const PAGE = 4_096;

/** Puts the state of a stopped program on a file system of its own that has no more than this many pages left. */
export async function fillDisk({ lab }: E2eCluster, host: string, freePages = 0): Promise<void> {
  const run = (...argv: string[]) => lab.exec(host, argv);
  await run('mkdir', '-p', DISK);
  await run('mount', '-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', DISK);
  await run('cp', '-a', `${STATE}/.`, DISK);
  await run('mount', '--bind', DISK, STATE);
  await lab.exec(host, ['dd', 'if=/dev/zero', `of=${STATE}/filler`, `bs=${PAGE}`], { check: false }); // ends when nothing fits in
  await run('truncate', '-s', `-${freePages * PAGE}`, `${STATE}/filler`);
}

const EAT = `const { openSync, writeSync } = require('node:fs');
const file = openSync('${STATE}/filler', 'a');
console.log('eating');
for (;;) try { writeSync(file, Buffer.alloc(${PAGE})); } catch {}`;

/** Something else on the machine that takes every page that becomes free, until it is disposed of: that of a truncated file, too. */
export async function eatDisk({ lab }: E2eCluster, host: string): Promise<AsyncDisposable> {
  const eater = lab.spawn(host, ['node', '-e', EAT]);
  await once(eater.stdout, 'data');
  return {
    [Symbol.asyncDispose]: async () => {
      const ended = once(eater, 'close'); // the pipe is the eater's own: it closes with that
      eater.kill('SIGKILL');
      await ended;
    },
  };
}

export async function freeDisk({ lab }: E2eCluster, host: string): Promise<void> {
  await lab.exec(host, ['rm', `${STATE}/filler`]);
}

/** Back to the machine's own disk, with what the state has become. */
export async function leaveDisk({ lab }: E2eCluster, host: string): Promise<void> {
  const run = (...argv: string[]) => lab.exec(host, argv);
  await run('umount', STATE);
  await run('find', STATE, '-mindepth', '1', '-delete');
  await run('cp', '-a', `${DISK}/.`, STATE);
  await run('umount', DISK);
}
