/** Paths on the host that kubeadm, the kubelet and we share. They are the same inside the agent's container. */
export const ADMIN_KUBECONFIG = '/etc/kubernetes/admin.conf';
export const KUBELET_KUBECONFIG = '/etc/kubernetes/kubelet.conf';
/** Where the kubelet keeps its client certificate, with its key. */
export const KUBELET_CERTIFICATE = '/var/lib/kubelet/pki/kubelet-client-current.pem';
export const BOOTSTRAP_KUBECONFIG = '/etc/kubernetes/bootstrap-kubelet.conf';
export const CLUSTER_CA_FILE = '/etc/kubernetes/pki/ca.crt';
export const API_SERVER_CERTIFICATE = '/etc/kubernetes/pki/apiserver.crt';
export const ETCD_MEMBER_DIRECTORY = '/var/lib/etcd/member';

/** What tells that kubeadm was at work on this machine. */
export const KUBEADM_FILES = [
  ADMIN_KUBECONFIG,
  KUBELET_KUBECONFIG,
  BOOTSTRAP_KUBECONFIG,
  CLUSTER_CA_FILE,
  '/etc/kubernetes/manifests/etcd.yaml',
  '/etc/kubernetes/manifests/kube-apiserver.yaml',
  '/etc/kubernetes/manifests/kube-controller-manager.yaml',
  '/etc/kubernetes/manifests/kube-scheduler.yaml',
  '/var/lib/kubelet/config.yaml',
  '/var/lib/kubelet/kubeadm-flags.env',
] as const;

/** Directory on a control plane that holds the authorization configuration; mounted into the API server. */
export const AUTHORIZATION_DIRECTORY = '/etc/kubernetes/kubic';

export const AUTHORIZATION_FILE = `${AUTHORIZATION_DIRECTORY}/authorization.yaml`;
