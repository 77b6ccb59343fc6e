import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLab, gateway, type Lab, leftOfLab } from '../support/lab.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await createLab('test-hosts');
  await lab.up('a', '10.250.0.21');
});
afterAll(() => lab.purge());

async function identityOf(host: string): Promise<{ machine: string; boot: string }> {
  const machine = await lab.exec(host, ['cat', '/etc/machine-id']);
  const boot = await lab.exec(host, ['cat', '/proc/sys/kernel/random/boot_id']);
  return { machine: machine.stdout.trim(), boot: boot.stdout.trim() };
}

test('a host runs systemd, containerd and what the agent needs', async () => {
  const tools = 'node git podman setpriv flock nsenter kubeadm kubelet kubectl openssl';
  const { stdout } = await lab.exec('a', [
    'bash',
    '-c',
    `cat /proc/1/comm; command -v ${tools} | wc -l; node --version`,
  ]);
  expect(stdout).toMatch(/^systemd\n10\nv24\./);
  await lab.exec('a', ['systemctl', 'is-active', 'containerd']);
});

test.for(['podman', 'docker'])('a privileged container of %s acts on its host', async (engine) => {
  if (engine === 'docker') await lab.exec('a', ['systemctl', 'start', 'docker']);
  await lab.exec('a', [engine, 'load', '-i', '/opt/lab/images/busybox.tar']);
  const act = 'nsenter -t 1 -m -u -i -n -p -- systemctl is-active containerd; cat /host/etc/hostname';
  const run = [
    engine,
    'run',
    '--rm',
    '--privileged',
    '--pid=host',
    '--net=host',
    '-v',
    '/:/host',
    'busybox:1',
    'sh',
    '-c',
    act,
  ];
  expect((await lab.exec('a', run)).stdout).toBe('active\na\n');
});

test('exec passes arguments, input, environment and exit code as they are', async () => {
  const odd = ['a b', '$HOME', "'", '"', 'x\ny', ''];
  const print = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
  expect(JSON.parse((await lab.exec('a', ['node', '-e', print, '--', ...odd])).stdout)).toEqual(odd);
  expect((await lab.exec('a', ['cat'], { input: 'straight through' })).stdout).toBe('straight through');
  expect((await lab.exec('a', ['sh', '-c', 'echo $X-$NO_COLOR-$PATH'], { env: { X: 'x y' } })).stdout).toMatch(
    /^x y--\/usr/,
  );
  expect(await lab.exec('a', ['sh', '-c', 'echo out; echo err >&2; exit 3'], { check: false })).toEqual({
    stdout: 'out\n',
    stderr: 'err\n',
    exitCode: 3,
  });
});

test('an error names the command and carries the end of its output', async () => {
  const failing = lab.exec('a', ['sh', '-c', 'seq 100; echo no such thing >&2; exit 7']);
  await expect(failing).rejects.toThrow(
    /exec a sh -c .* ended with exit code 7\n {2}no such thing\n {2}81\n.*\n {2}100$/s,
  );
  await expect(lab.exec('none', ['true'])).rejects.toThrow(/no host none/);
});

test('a command that takes too long is ended, in the host too', async () => {
  await expect(lab.exec('a', ['sleep', '4242'], { timeoutMs: 1000 })).rejects.toThrow('did not end within 1000 ms');
  await expect
    .poll(async () => (await lab.exec('a', ['pgrep', '-f', 'sleep 4242'], { check: false })).exitCode)
    .toBe(1);
});

test('files of the lab show in its hosts', async () => {
  await writeFile(path.join(lab.files, 'note'), 'hello');
  expect((await lab.exec('a', ['cat', '/opt/lab-files/note'])).stdout).toBe('hello');
  await expect(lab.exec('a', ['touch', '/opt/lab-files/x'])).rejects.toThrow('Read-only file system');
});

test('hosts reach each other by name and address, and a server on the gateway', async () => {
  await lab.up('b', '10.250.0.22');
  await lab.exec('a', ['ping', '-c1', '-W2', 'b']);
  await lab.exec('b', ['ping', '-c1', '-W2', 'a']);
  const serve = `require('node:http').createServer((q, r) => r.end('from the gateway')).listen(8080, '${gateway}', () => console.log('up'))`;
  const server = lab.spawnLan([process.execPath, '-e', serve]);
  await new Promise((resolve) => server.stdout.once('data', resolve));
  for (const host of ['a', 'b']) {
    expect((await lab.exec(host, ['curl', '-sS', `http://${gateway}:8080/`])).stdout).toBe('from the gateway');
  }
  await expect(lab.lan(['curl', '-sS', '--max-time', '3', 'http://192.0.2.1/'])).rejects.toThrow(/curl/);
  server.kill();
});

test('a power cut and a reboot keep the machine-id and the disk, and change the boot id', async () => {
  const before = await identityOf('a');
  expect((await identityOf('b')).machine).not.toBe(before.machine);
  await lab.exec('a', ['sh', '-c', 'echo kept > /etc/kept; echo gone > /run/gone']);

  await lab.reboot('a');
  const cut = await identityOf('a');
  expect(cut.machine).toBe(before.machine);
  expect(cut.boot).not.toBe(before.boot);
  expect((await lab.exec('a', ['sh', '-c', 'cat /etc/kept; ls /run/gone'], { check: false })).stdout).toBe('kept\n');

  await lab.exec('a', ['systemctl', 'reboot'], { check: false });
  await expect
    .poll(async () => identityOf('a').catch(() => cut), { timeout: 30_000 })
    .toEqual({ machine: before.machine, boot: expect.not.stringContaining(cut.boot) });
});

test('a host that is down keeps its address; a purged one comes back as another machine', async () => {
  const before = await identityOf('b');
  await lab.down('b');
  expect(await lab.hosts()).toContainEqual({ name: 'b', ip: '10.250.0.22', pid: null });
  await lab.up('b');
  expect((await identityOf('b')).machine).toBe(before.machine);
  await lab.purge('b');
  expect((await lab.hosts()).map(({ name }) => name)).toEqual(['a']);
  await lab.up('b', '10.250.0.22');
  expect((await identityOf('b')).machine).not.toBe(before.machine);
});

test('after a purge nothing is left', async () => {
  lab.spawnLan(['sleep', '4243']);
  expect(await leftOfLab('test-hosts')).not.toEqual([]);
  await lab.purge();
  expect(await leftOfLab('test-hosts')).toEqual([]);
});
