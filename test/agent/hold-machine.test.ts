import { readdirSync } from 'node:fs';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { holdMachine } from '../../src/agent/hold-machine.ts';
import { writeFileAtomically } from '../../src/platform/files.ts';
import { acquireLock } from '../../src/platform/lock.ts';
import { temporaryDirectory } from '../admission/temporary-directory.ts';
import { childrenOf } from '../support/children-of.ts';
import { runCommand } from '../support/command.ts';

const never = new AbortController().signal;
const SIGNALS = { stopSignal: never, signal: never };
const root = join(import.meta.dirname, '../..');

/** A process that is killed in the middle of writing a file: while its disk is asked to sync. */
async function killWriter(path: string): Promise<void> {
  const writer = `import { writeFileAtomically } from ${JSON.stringify(join(root, 'src/platform/files.ts'))};
    import { open } from 'node:fs/promises';
    const file = await open('/dev/null');
    Object.getPrototypeOf(file).sync = () => process.kill(process.pid, 'SIGKILL');
    await writeFileAtomically(${JSON.stringify(path)}, 'half', 0o600);`;
  const argv = [process.execPath, '--input-type=module', '--eval', writer];
  const { exitCode } = await runCommand(argv, { check: false });
  expect(exitCode).not.toBe(0);
}

async function machine(): Promise<{ stateDir: string; runtimeDir: string }> {
  const directory = await temporaryDirectory();
  return { stateDir: join(directory, 'state'), runtimeDir: join(directory, 'run') };
}

test('who takes the machine’s lock clears away what a killed writer left, and nothing else', async () => {
  const { stateDir, runtimeDir } = await machine();
  await writeFileAtomically(join(stateDir, 'status.json'), '{}');
  for (const path of [join(stateDir, 'status.json'), join(runtimeDir, 'discovery.conf')]) await killWriter(path);
  await mkdir(join(stateDir, 'directory.0123abcd.tmp'));
  await symlink('status.json', join(stateDir, 'link.0123abcd.tmp'));
  const others = ['notes.tmp', 'notes.abc.tmp', 'status.json.backup.tmp', '.0123abcd.tmp', 'status.json.0123ABCD.tmp'];
  for (const name of others) await writeFile(join(stateDir, name), '');
  expect(await readdir(stateDir)).toHaveLength(9);

  // at once: whoever holds the machine may write from now on
  const left = await holdMachine({ stateDir, runtimeDir }, SIGNALS, async () => readdirSync(stateDir));
  expect(new Set(left)).toEqual(new Set(['directory.0123abcd.tmp', 'link.0123abcd.tmp', 'status.json', ...others]));
  expect(await readdir(runtimeDir)).toEqual(['lock']);
});

test('who does not get the lock leaves alone what the one that has it is writing', async () => {
  const { stateDir, runtimeDir } = await machine();
  const lock = await acquireLock(join(runtimeDir, 'lock'));
  await mkdir(stateDir);
  await writeFile(join(stateDir, 'status.json.0123abcd.tmp'), 'half');
  await expect(holdMachine({ stateDir, runtimeDir }, SIGNALS, async () => {})).rejects.toMatchObject({
    code: 'agent.locked',
  });
  expect(await readdir(stateDir)).toEqual(['status.json.0123abcd.tmp']);
  await lock.release();
});

test('a machine that has no state yet can be held', async () => {
  const paths = await machine();
  await holdMachine(paths, SIGNALS, async () => {});
  expect(await readdir(paths.runtimeDir)).toEqual(['lock']);
});

test('work is aborted, and fails, when the lock is lost under it', async () => {
  const before = await childrenOf(process.pid);
  const work = holdMachine(await machine(), SIGNALS, async ({ signal }) => {
    for (const pid of await childrenOf(process.pid)) if (!before.includes(pid)) process.kill(pid, 'SIGKILL');
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
  });
  await expect(work).rejects.toMatchObject({ code: 'agent.lock-lost' });
});

test('reset names what a killed writer left of the identity, with and without --forget-identity', async () => {
  const { stateDir, runtimeDir } = await machine();
  await mkdir(stateDir);
  const leftover = join(stateDir, 'identity.key.0123abcd.tmp');
  for (const path of [leftover, join(stateDir, 'identity.key')]) await writeFile(path, 'key', { mode: 0o600 });
  for (const flags of [[], ['--forget-identity']]) {
    const where = ['--state-dir', stateDir, '--runtime-dir', runtimeDir];
    const argv = [process.execPath, join(root, 'src/main.ts'), 'reset', '--dry-run', ...where, ...flags];
    const { stderr } = await runCommand(argv);
    expect(stderr).toContain(`  ${leftover}\n`);
    expect(stderr.includes(`  ${join(stateDir, 'identity.key')}\n`)).toBe(flags.length > 0);
  }
});
