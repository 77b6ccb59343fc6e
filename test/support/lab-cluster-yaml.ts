export const SEEDER_IP = '10.250.0.11';
export const KUBERNETES_VERSION = process.env.K8S_VERSION ?? 'v1.36.3';

/**
 * cluster.yaml for lab hosts. What is particular to them stands under `kubeadm`: cgroup v1 without systemd's driver, and
 * conntrack limits that belong to the machine. Nothing of it belongs in the product's defaults.
 */
export function labClusterYaml(extra = ''): string {
  return `apiVersion: kubic.suse.com/v1beta1
kind: Cluster
metadata:
  name: lab
spec:
  kubernetesVersion: ${KUBERNETES_VERSION}
  seeder: cp-1
  controlPlaneEndpoint: ${SEEDER_IP}:6443
  network:
    podSubnet: 10.244.0.0/16
    serviceSubnet: 10.96.0.0/16
  kubeadm:
    initConfiguration:
      nodeRegistration: {ignorePreflightErrors: [SystemVerification]}
    joinConfiguration:
      nodeRegistration: {ignorePreflightErrors: [SystemVerification]}
    kubeletConfiguration: {failCgroupV1: false, cgroupDriver: cgroupfs}
    kubeProxyConfiguration:
      conntrack: {maxPerCore: 0, min: 0}
${extra}`;
}
