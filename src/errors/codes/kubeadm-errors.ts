import type { Catalogue } from '../catalogue-entry.ts';

export const kubeadmErrors = {
  'kubeadm.version-mismatch': {
    summary: 'the installed Kubernetes components are not of the declared version',
    cause: 'cluster.yaml says components.source: host, so the distribution installs kubeadm, kubelet and kubectl.',
    remedy: 'Install kubeadm and kubelet of spec.kubernetesVersion on this machine, or change that version.',
    retry: 'soon',
  },
  'kubeadm.missing': {
    summary: 'kubeadm or the kubelet is not installed',
    cause: 'cluster.yaml says components.source: host, and the host has no such program on its PATH.',
    remedy: 'Install kubeadm and kubelet of spec.kubernetesVersion on this machine.',
    retry: 'soon',
  },
  'kubeadm.invalid-configuration': {
    summary: 'kubeadm does not accept its configuration',
    cause: 'An entry under spec.kubeadm in cluster.yaml has a wrong name, type or value.',
    remedy: "Read kubeadm's words below and mend spec.kubeadm in cluster.yaml.",
    retry: 'next-commit',
  },
  'kubeadm.init-failed': {
    summary: 'kubeadm init failed',
    cause: 'A preflight check or a phase of kubeadm failed; its last lines are in the facts.',
    remedy: 'Read those lines; the next sync cleans up or resumes by rule and tries again.',
    retry: 'soon',
  },
  'kubeadm.join-failed': {
    summary: 'kubeadm join failed',
    cause: 'A preflight check or a phase of kubeadm failed, or the kubelet got no certificate.',
    remedy: 'Read its last lines and `journalctl -u kubelet`; the next sync cleans up and joins anew.',
    retry: 'soon',
  },
  'kubeadm.unhealthy': {
    summary: 'the control plane does not become healthy',
    cause: 'etcd, the API server or another static pod is not ready on this machine.',
    remedy: 'Look at `crictl ps -a` or `journalctl -u kubelet`; the next sync waits again.',
    retry: 'soon',
  },
  'kubeadm.foreign-membership': {
    summary: 'this machine carries Kubernetes state that kubic-init did not make',
    cause: 'Someone ran kubeadm here, or the state directory of kubic-init was lost.',
    remedy: 'If nothing on it is needed run `kubic-init reset`; otherwise restore /var/lib/kubic-init.',
    retry: 'never',
  },
  'kubeadm.etcd-data': {
    summary: 'etcd data of another cluster is on this machine',
    cause: 'A cluster lived here whose bootstrap this kubic-init did not begin; initialising would destroy it.',
    remedy: 'Restore that cluster, or run `kubic-init reset` to give its data up.',
    retry: 'never',
  },
  'kubeadm.cluster-exists': {
    summary: 'the repository names a cluster CA that this machine does not hold',
    cause: 'spec.clusterCA is set, so the cluster has been bootstrapped; a second init would make another cluster.',
    remedy: 'Restore /etc/kubernetes/pki and etcd from a backup, or delete spec.clusterCA to start anew.',
    retry: 'next-commit',
  },
  'kubeadm.node-exists': {
    summary: 'a Node of this name is still Ready',
    cause: 'This machine was reset a moment ago and the cluster has not noticed yet, or another machine has the name.',
    remedy:
      'Nothing after a reset: the Node counts as Ready for about 50 s, then the next sync joins. Otherwise `kubectl delete node NAME`.',
    retry: 'soon',
    temporary: true,
  },
  'kubeadm.another-control-plane': {
    summary: 'another control plane answers at the declared endpoint',
    cause: 'The cluster exists already, on another machine.',
    remedy: 'Correct spec.seeder or spec.controlPlaneEndpoint in cluster.yaml.',
    retry: 'soon',
  },
  'kubeadm.endpoint-unresolved': {
    summary: 'the name of the control plane endpoint does not resolve',
    cause: 'DNS is away or has no such name: whether a control plane answers there cannot be asked, so none is made.',
    remedy:
      'Make the name in spec.controlPlaneEndpoint resolve on this machine (DNS, or /etc/hosts); the next sync goes on.',
    retry: 'soon',
    temporary: true,
  },
  'kubeadm.other-cluster': {
    summary: 'this machine belongs to a cluster with another CA',
    cause: 'spec.clusterCA differs from the CA in /etc/kubernetes/pki; a joined node never resets itself.',
    remedy: 'Correct spec.clusterCA, or run `kubic-init reset` on this machine.',
    retry: 'next-commit',
  },
  'kubeadm.version-held': {
    summary: 'the declared version is not the running one',
    cause: 'spec.kubernetesVersion was changed; this release does not upgrade clusters yet.',
    remedy: 'Set spec.kubernetesVersion back to the running version.',
    retry: 'next-commit',
  },
  'kubeadm.configuration-held': {
    summary: 'the cluster was made with another configuration',
    cause:
      'The name, the network, the endpoint or the kubeadm configuration in cluster.yaml was changed after the bootstrap; a running cluster does not follow such a change.',
    remedy:
      'Set the field back. Or make the change in the cluster by hand, then run `kubectl -n kube-system delete configmap kubic-init-bootstrap`: what is declared is recorded anew.',
    retry: 'next-commit',
  },
  'kubeadm.control-plane-join': {
    summary: 'further control planes do not join yet',
    cause: 'This release joins workers; a list that names further control planes is valid.',
    remedy: 'Use role: worker for this machine, or wait for a release that joins control planes.',
    retry: 'next-commit',
  },
  'kubeadm.components-image': {
    summary: 'components from an image are not supported yet',
    cause: 'spec.components.source is image; this release checks the components installed on the host.',
    remedy: 'Set components.source: host and install kubeadm, kubelet and kubectl from the distribution.',
    retry: 'next-commit',
  },
  'kubeadm.role-changed': {
    summary: 'the list gives this member another role or name',
    cause: 'A member keeps the name and the role it joined with.',
    remedy: 'Restore the entry in nodes.yaml, or remove the machine, reset it and accept it anew.',
    retry: 'next-commit',
  },
} as const satisfies Catalogue;
