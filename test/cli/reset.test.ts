import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { describeNext, describeReset } from '../../src/cli/format/format-reset.ts';
import { acquireLock } from '../../src/platform/lock.ts';
import { temporaryDirectory } from '../admission/temporary-directory.ts';
import { type CommandResult, runCommand } from '../support/command.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A machine's directories, and `reset` of it at a terminal. No test here answers yes: that is for hosts of the lab. */
async function makeMachine() {
  const root = await temporaryDirectory();
  const [stateDir, runtimeDir] = [join(root, 'state'), join(root, 'run')];
  await mkdir(stateDir);
  await writeFile(join(stateDir, 'journal.jsonl'), '{}\n');
  const argv = [process.execPath, MAIN, 'reset', '--state-dir', stateDir, '--runtime-dir', runtimeDir];
  const answer = (input: string): Promise<CommandResult> =>
    runCommand(['script', '-qec', argv.join(' '), '/dev/null'], { check: false, input });
  return { argv, answer, stateDir, lockFile: join(runtimeDir, 'lock') };
}

test.each(['no\n', 'y\n', '\n', '\u0004'])('the answer %j changes nothing, and that is said', async (input) => {
  const { answer, stateDir } = await makeMachine();
  const { exitCode, stdout } = await answer(input);
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`  ${stateDir}/journal.jsonl\r\n`);
  expect(stdout).toMatch(/Type yes to go on: [\s\S]*nothing was changed\r\n$/);
  expect(await readdir(stateDir)).toEqual(['journal.jsonl']);
});

test('while the agent is at work nobody is asked', async () => {
  const { argv, answer, lockFile } = await makeMachine();
  const lock = await acquireLock(lockFile);
  onTestFinished(lock.release);
  const { exitCode, stdout } = await answer('yes\n');
  expect([exitCode, stdout]).toEqual([75, expect.stringContaining('[agent.locked]')]);
  expect(stdout).not.toContain('Type yes');
  expect((await runCommand([...argv, '--dry-run'])).stderr).toContain('journal.jsonl'); // looking is free
});

test('what kubeadm empties is named as a directory, and the data of a control plane in a line', () => {
  const worker = [
    '/etc/kubernetes/kubelet.conf',
    '/etc/kubernetes/pki/ca.crt',
    '/var/lib/kubelet/config.yaml',
    '/etc/cni/net.d',
  ];
  const emptied = ['/etc/kubernetes/pki', '/var/lib/kubelet'];
  expect(describeReset({ paths: worker, emptied, etcdData: false })).toBe(`This removes from this machine:
  kubeadm reset --force, and with it all that is in
    /etc/kubernetes/pki
    /var/lib/kubelet
  /etc/kubernetes/kubelet.conf
  /etc/cni/net.d
`);
  expect(describeReset({ paths: worker, emptied, etcdData: true })).toContain(
    "\nThis machine is a control plane: this deletes the cluster's data (etcd) on this machine.\n",
  );
});

test('at the end it says what is left to others', () => {
  const next = describeNext('w-3', false);
  expect(next).toMatch(/^done: .* its identity key stays\nNext:\n {2}kubectl delete node w-3, /);
  expect(next).toContain('iptables rules of kube-proxy');
  expect(describeNext(undefined, true)).toMatch(/key is gone\nNext:\n {2}kubectl delete node NAME, /);
});
