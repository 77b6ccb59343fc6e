// Generated from init/host/ by test/tools/generate-owned-files.ts. Do not edit.

export interface OwnedFile {
  readonly path: string;
  /** What must be told when it changes. */
  readonly effect: 'unit' | 'sysctl' | 'modules';
  readonly content: string;
}

export const ownedFiles: readonly OwnedFile[] = [
  {
    "path": "/etc/systemd/system/kubelet.service.d/20-kubic-init.conf",
    "effect": "unit",
    "content": "# /etc/systemd/system/kubelet.service.d/20-kubic-init.conf: written by kubic-init, put back when changed.\n# The kubelet's command line stays the distribution's (10-kubeadm.conf); this adds what a reconciled machine needs.\n[Unit]\n# A machine that boots without its network or its container runtime tries for as long as it takes.\nStartLimitIntervalSec=0\n\n[Service]\nRestart=always\nRestartSec=2\n"
  },
  {
    "path": "/etc/sysctl.d/90-kubic-init.conf",
    "effect": "sysctl",
    "content": "# /etc/sysctl.d/90-kubic-init.conf: written by kubic-init, put back when changed. A later file there (99-*.conf) wins.\n# Pods are routed through the machine.\nnet.ipv4.ip_forward = 1\n# Bridged pod traffic meets the rules of kube-proxy. Absent where br_netfilter is not loaded, hence the dash.\n-net.bridge.bridge-nf-call-iptables = 1\n-net.bridge.bridge-nf-call-ip6tables = 1\n# kubelet, containerd and the API server (which follows its authorization file by inotify) each take several instances.\n-fs.inotify.max_user_instances = 8192\n"
  },
  {
    "path": "/etc/modules-load.d/kubic-init.conf",
    "effect": "modules",
    "content": "# /etc/modules-load.d/kubic-init.conf: written by kubic-init. Built into some kernels; absence is not an error.\nbr_netfilter\noverlay\n"
  }
];
