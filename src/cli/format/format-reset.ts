import type { Remains } from '../../execute/member/find-remains.ts';

/** What a reset removes, for people: a directory that is emptied stands for the files in it. */
export function describeReset({ paths, emptied, etcdData }: Remains): string {
  const others = paths.filter((path) => !emptied.some((directory) => path.startsWith(`${directory}/`)));
  return [
    'This removes from this machine:',
    `  kubeadm reset --force${emptied.length === 0 ? '' : ', and with it all that is in'}`,
    ...emptied.map((path) => `    ${path}`),
    ...others.map((path) => `  ${path}`),
    ...(etcdData ? ["This machine is a control plane: this deletes the cluster's data (etcd) on this machine."] : []),
    '',
  ].join('\n');
}

/** What is done, and what a reset leaves to others. */
export function describeNext(nodeName: string | undefined, forgetIdentity: boolean): string {
  const identity = forgetIdentity ? 'its identity key is gone' : 'its identity key stays';
  return `done: this machine is no member of a cluster any more; ${identity}
Next:
  kubectl delete node ${nodeName ?? 'NAME'}, where the cluster goes on: its Node object is still there
  remove the machine from nodes.yaml, where it still stands there: else the next sync brings it back
  reboot, where the iptables rules of kube-proxy are in the way: they stay until then
`;
}
