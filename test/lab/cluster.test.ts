import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { tailOf } from '../support/command.ts';
import { createLab, type Lab, type LabExecOptions, leftOfLab } from '../support/lab.ts';

// The lab without the product: what kubeadm and the network add-on need works on these hosts.
const endpoint = '10.250.0.11:6443';
const token = 'abcdef.0123456789abcdef';
let lab: Lab;

const nodeRegistration = (name: string): string =>
  `nodeRegistration: {name: ${name}, criSocket: "unix:///run/containerd/containerd.sock", ignorePreflightErrors: [SystemVerification]}`;
const initConfiguration = `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
bootstrapTokens: [{token: ${token}}]
localAPIEndpoint: {advertiseAddress: 10.250.0.11}
${nodeRegistration('cp')}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: ${process.env.K8S_VERSION ?? 'v1.36.3'}
controlPlaneEndpoint: ${endpoint}
networking: {podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/16}
---
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failCgroupV1: false
cgroupDriver: cgroupfs
---
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
conntrack: {maxPerCore: 0, min: 0}
`;
const joinConfiguration = `apiVersion: kubeadm.k8s.io/v1beta4
kind: JoinConfiguration
discovery: {bootstrapToken: {token: ${token}, apiServerEndpoint: "${endpoint}", unsafeSkipCAVerification: true}}
${nodeRegistration('w1')}
`;

async function kubectl(command: string, options: LabExecOptions = {}): Promise<string> {
  const argv = ['kubectl', '--kubeconfig', '/etc/kubernetes/admin.conf', ...command.split(' ')];
  return (await lab.exec('cp', argv, { timeoutMs: 300_000, ...options })).stdout;
}
const get = async (path: string): Promise<string> =>
  (await lab.lan(['curl', '-sS', '--max-time', '2', `http://${path}`], { check: false })).stdout;

/** What a failure on another machine can be understood by: the error alone says only which command failed. */
async function tellState(host: string): Promise<void> {
  const asked = [
    ['cp', 'kubectl --kubeconfig /etc/kubernetes/admin.conf get nodes,pods,csr -A -o wide'],
    ['cp', 'kubectl --kubeconfig /etc/kubernetes/admin.conf get events -A --sort-by=.lastTimestamp'],
    [host, 'journalctl --no-pager -u kubelet -u containerd -n 40'],
  ] as const;
  for (const [on, command] of asked) {
    const { stdout, stderr } = await lab.exec(on, command.split(' '), { check: false });
    process.stderr.write(`${on}: ${command}${tailOf(stdout, 40)}${tailOf(stderr)}\n`);
  }
}

beforeAll(async () => {
  lab = await createLab('test-cluster');
  await Promise.all([lab.up('cp', '10.250.0.11'), lab.up('w1', '10.250.0.21')]);
});
afterAll(async () => {
  await lab.purge();
  expect(await leftOfLab('test-cluster')).toEqual([]);
});

test('kubeadm makes a control plane, which is Ready by the network add-on', async () => {
  await lab.exec('cp', ['tee', '/root/kubeadm.yaml'], { input: initConfiguration });
  await lab.exec('cp', ['kubeadm', 'init', '--config', '/root/kubeadm.yaml'], { timeoutMs: 240_000 });
  const manifest = await readFile(new URL('addons/cni/cni.yaml', import.meta.url), 'utf8');
  await kubectl('apply -f -', { input: manifest });
  await kubectl('wait --for=condition=Ready node/cp --timeout=240s');
});

test('a worker joins, and pods on both are reached from each other, by a service and from outside', async () => {
  onTestFailed(() => tellState('w1'));
  await lab.exec('w1', ['tee', '/root/kubeadm.yaml'], { input: joinConfiguration });
  await lab.exec('w1', ['kubeadm', 'join', '--config', '/root/kubeadm.yaml'], { timeoutMs: 300_000 });
  await kubectl('wait --for=condition=Ready node/w1 --timeout=240s');
  await kubectl('taint node cp node-role.kubernetes.io/control-plane-');
  await kubectl('apply -f -', { input: web });
  await kubectl('rollout status daemonset/web --timeout=240s');
  await kubectl('-n kube-system rollout status deployment/coredns --timeout=240s');

  const pods = (
    await kubectl('get pods -l app=web -o jsonpath={range.items[*]}{.metadata.name}{"\\t"}{.status.podIP}{"\\n"}{end}')
  )
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  expect(pods).toHaveLength(2);
  const fetch = (ip = ''): string[] => ['curl', '-sS', '--max-time', '5', `http://${ip}:8080/`];
  for (const host of ['cp', 'w1']) {
    for (const [name, ip] of pods) expect((await lab.exec(host, fetch(ip))).stdout).toBe(`${name}\n`);
  }
  const [[one], [, two]] = pods as [string[], string[]];
  await kubectl(`exec ${one} -- ping -c1 -W2 ${two}`);
  await kubectl(`exec ${one} -- ping -c1 -W2 10.250.0.1`); // the gateway knows no pod: it answers the node
  expect(await kubectl(`exec ${one} -- nslookup web.default.svc.cluster.local`)).toContain('10.96.');
  await expect.poll(() => get('10.250.0.21:30080/'), { timeout: 30_000 }).toMatch(/^web-/);
});

test('after a power cut of the worker its node, its pods and their network return', async () => {
  onTestFailed(() => tellState('w1'));
  const boot = (): Promise<string> => kubectl('get node w1 -o jsonpath={.status.nodeInfo.bootID}');
  const before = await boot();
  await lab.reboot('w1');
  await expect.poll(boot, { timeout: 60_000, interval: 500 }).not.toBe(before);
  await kubectl('wait --for=condition=Ready node/w1 --timeout=240s');
  await kubectl('rollout status daemonset/web --timeout=240s');
  const reach = async (): Promise<number> => {
    const ip = await kubectl(
      'get pods -l app=web --field-selector spec.nodeName=w1 -o jsonpath={.items[0].status.podIP}',
    );
    const { exitCode } = await lab.exec('cp', ['curl', '-sS', '--max-time', '2', `http://${ip}:8080/`], {
      check: false,
    });
    return exitCode;
  };
  await expect.poll(reach, { timeout: 60_000, interval: 500 }).toBe(0);
});

const web = `apiVersion: apps/v1
kind: DaemonSet
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 0
      containers:
        - name: web
          image: busybox:1
          command: [sh, -c, 'mkdir -p /www; hostname > /www/index.html; exec httpd -f -p 8080 -h /www']
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: NodePort
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080, nodePort: 30080}]
`;
