import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createLab, leftOfLab, sweepLabs } from '../support/lab.ts';

const labUrl = new URL('../support/lab.ts', import.meta.url);
const inotifyLimit = (): string => readFileSync('/proc/sys/fs/inotify/max_user_instances', 'utf8').trim();

/** Another test process, with a lab with one host of its own, that waits to be killed. */
async function startOther(name: string): Promise<ChildProcess> {
  const script = `
    import { createLab } from '${labUrl.href}';
    const lab = await createLab('${name}');
    await lab.up('a', '10.250.0.21');
    lab.spawnLan(['sleep', '4244']);
    console.log('up');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const up = await new Promise((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => chunk.toString().endsWith('up\n') && resolve(true));
    child.on('exit', () => resolve(false));
  });
  if (up !== true) throw new Error(`the other process ended with exit code ${child.exitCode}`);
  return child;
}

function ownerOf(name: string): number {
  const cache = process.env.KUBIC_LAB_CACHE ?? `${process.env.HOME}/.cache/kubic-init/lab`;
  return Number(readFileSync(`${cache}/labs/${name}/owner`, 'utf8').split(' ')[0]);
}

test.for(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)(
  'a process ended by %s leaves nothing of its lab',
  async (signal) => {
    const other = await startOther('test-killed');
    expect(await leftOfLab('test-killed')).not.toEqual([]);
    other.kill(signal);
    await expect.poll(() => leftOfLab('test-killed'), { timeout: 60_000, interval: 500 }).toEqual([]);
  },
);

test('what stays when the holder of a lab is killed as well is cleared up by the next run', async () => {
  const limit = inotifyLimit();
  const other = await startOther('test-orphan');
  const holder = ownerOf('test-orphan');
  process.kill(holder, 'SIGKILL');
  other.kill('SIGKILL');
  await expect.poll(() => other.signalCode).toBe('SIGKILL');
  expect((await leftOfLab('test-orphan')).length).toBeGreaterThan(5);

  await using next = await createLab('test-next');
  expect(await leftOfLab('test-orphan')).toEqual([]);
  await next.purge();
  if (!existsSync('/run/kubic-lab')) expect(inotifyLimit()).toBe(limit); // there while other labs are up
});

test('a lab in use is neither swept nor taken by another', async () => {
  await using lab = await createLab('test-used');
  await lab.up('a', '10.250.0.21');
  await sweepLabs();
  await expect(createLab('test-used')).rejects.toThrow(/lab test-used is in use by process \d+/);
  expect((await lab.exec('a', ['hostname'])).stdout).toBe('a\n');
});

test('two labs with the same names and addresses do not meet', async () => {
  await using one = await createLab('test-one');
  await using two = await createLab('test-two');
  await Promise.all([one, two].map((lab) => lab.up('a', '10.250.0.21')));
  await one.up('b', '10.250.0.22');
  await one.exec('a', ['ping', '-c1', '-W2', '10.250.0.22']);
  await expect(two.exec('a', ['ping', '-c1', '-W1', '10.250.0.22'])).rejects.toThrow('100% packet loss');

  await one.purge();
  expect(await leftOfLab('test-one')).toEqual([]);
  expect((await two.exec('a', ['hostname'])).stdout).toBe('a\n');
});
