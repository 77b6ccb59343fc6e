import { expect, test } from 'vitest';
import { runKubeadm } from '../../../src/execute/kubeadm/run-kubeadm.ts';
import { createExec, type Exec } from '../../../src/platform/exec.ts';

/** What kubeadm 1.36.3 says when checks fail. */
const PREFLIGHT = `[preflight] Running pre-flight checks
	[WARNING Hostname]: hostname "w-1" could not be reached
[preflight] Some fatal errors occurred:
	[ERROR Port-10250]: Port 10250 is in use
	[ERROR FileContent--proc-sys-net-ipv4-ip_forward]: /proc/sys/net/ipv4/ip_forward contents are not set to 1
[preflight] If you know what you are doing, you can make a check non-fatal with \`--ignore-preflight-errors=...\`
error: error execution phase preflight: preflight checks failed
To see the stack trace of this error execute with --v=5 or higher
`;
const KUBELET = `[kubelet-start] Starting the kubelet
error: error execution phase kubelet-start: a Node with name "w-1" and status "Ready" already exists in the cluster.
To see the stack trace of this error execute with --v=5 or higher
`;

/** A kubeadm that says this and fails. */
function failing(text: string) {
  const seen: string[] = [];
  const exec: Exec = (_argv, options) => createExec([])(['sh', '-c', 'cat >&2; exit 1'], { ...options, input: text });
  const deps = { exec, progress: (line: string) => void seen.push(line), signal: new AbortController().signal };
  return { seen, run: () => runKubeadm(['join'], 'kubeadm.join-failed', deps) };
}

test('the checks that failed are what the error says, each, and nothing else', async () => {
  const { run, seen } = failing(PREFLIGHT);
  await expect(run()).rejects.toMatchObject({
    code: 'kubeadm.join-failed',
    message:
      'kubeadm join failed: [ERROR Port-10250]: Port 10250 is in use [ERROR FileContent--proc-sys-net-ipv4-ip_forward]: /proc/sys/net/ipv4/ip_forward contents are not set to 1',
  });
  expect(seen).toContain('[ERROR Port-10250]: Port 10250 is in use');
});

test('a phase that failed says so itself, without the advice', async () => {
  await expect(failing(KUBELET).run()).rejects.toMatchObject({
    message:
      'kubeadm join failed: error: error execution phase kubelet-start: a Node with name "w-1" and status "Ready" already exists in the cluster.',
  });
});
