import addonSchema from '../../../schemas/addon.schema.json' with { type: 'json' };
import clusterSchema from '../../../schemas/cluster.schema.json' with { type: 'json' };
import nodeListSchema from '../../../schemas/node-list.schema.json' with { type: 'json' };

export interface ScaffoldValues {
  readonly name: string;
  readonly kubernetesVersion: string;
  /** `host:port` */
  readonly endpoint: string;
  readonly seeder: string;
}

/** The files of a new cluster repository: path → content. */
export function createScaffold(values: ScaffoldValues): ReadonlyMap<string, string> {
  return new Map([
    ['cluster.yaml', clusterYaml(values)],
    ['nodes.yaml', nodesYaml(values)],
    ['addons/README.md', addonsReadme],
    ['README.md', readme(values)],
    ['.gitignore', gitignore],
    ...Object.entries({ cluster: clusterSchema, 'node-list': nodeListSchema, addon: addonSchema }).map(
      ([kind, schema]) => [`.schemas/${kind}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`] as const,
    ),
  ]);
}

function clusterYaml({ name, kubernetesVersion, endpoint, seeder }: ScaffoldValues): string {
  return `# yaml-language-server: $schema=.schemas/cluster.schema.json
#
# The one place for versions, seeder, network, schedule and guards. What is commented out shows the default.
apiVersion: kubic.suse.com/v1beta1
kind: Cluster
metadata:
  name: ${text(name)}
spec:
  # The only place a version stands. This release does not upgrade: once the cluster runs, a change is held.
  kubernetesVersion: ${text(kubernetesVersion)}

  # The accepted node (nodes.yaml) that bootstraps the cluster.
  seeder: ${text(seeder)}

  # Where every machine reaches the API server. With one control plane this may be its address; a name or a virtual address
  # lets you add control planes later. It cannot be changed once the cluster runs.
  controlPlaneEndpoint: ${text(endpoint)}

  # Where machines ask for admission: the host of controlPlaneEndpoint, port 9443, unless you name others.
  # enrolment:
  #   endpoints: ["10.250.0.11:9443"]

  # These must not overlap each other, nor the network of the machines. A running cluster cannot follow a change.
  network:
    podSubnet: 10.244.0.0/16
    serviceSubnet: 10.96.0.0/16
    # dnsDomain: cluster.local

  # When each node looks for a new commit: cron, five fields.
  # schedule: "* * * * *"

  # Merged last into what kubic-init writes for kubeadm. A running cluster cannot follow a change, but for joinConfiguration.
  # kubeadm:
  #   kubeletConfiguration:
  #     maxPods: 110

  # Objects that kubic-init never deletes.
  # guards:
  #   protect: [Namespace/kube-system]
`;
}

function nodesYaml({ seeder }: ScaffoldValues): string {
  return `# yaml-language-server: $schema=.schemas/node-list.schema.json
#
# Which machines belong to the cluster. A machine is known by its key: its fingerprint stands on its console, in
# \`kubic-init identity\` and, while nobody has decided, in \`kubic-init nodes pending\`.
apiVersion: kubic.suse.com/v1beta1
kind: NodeList
accepted:
  # The seeder may stand here without a key until it has bootstrapped; then write its key, or run
  # \`kubic-init nodes accept ${seeder}\` in this clone.
  - name: ${text(seeder)}
    role: control-plane
  # - name: w-1
  #   key: "SHA256:…"
  #   role: worker
  #   labels: {disk: ssd}
  #   taints: [{key: gpu, value: "true", effect: NoSchedule}]

# Keys that never get in. A member whose key is rejected stays one in this release, until it is taken out by hand.
# rejected:
#   - key: "SHA256:…"
#     name: w-9
#     reason: stolen
`;
}

function readme({ name, seeder }: ScaffoldValues): string {
  return `# ${name}

This repository is a Kubernetes cluster. Each of its machines runs kubic-init, which follows this branch and makes it true.

- \`cluster.yaml\`: versions, seeder, network
- \`nodes.yaml\`: the machines that belong to it, and those that never will
- \`addons/\`: what runs in it, a folder each
- \`.schemas/\`: lets editors complete and check these files

Check a change before you push it:

    kubic-init validate

Begin: push this repository, and start kubic-init with its URL on the machine that becomes ${seeder}. Every other machine shows
its fingerprint and waits; \`kubic-init nodes accept NAME\` writes the commit that lets it in.
`;
}

const addonsReadme = `# Add-ons

Each folder here is an add-on: its manifests (\`*.yaml\`, \`*.yml\`, \`*.json\`) are applied to the cluster, and what leaves the
folder is deleted from it. The folder's name is the add-on's name.

A cluster needs a network add-on (CNI) before its nodes are Ready: put its manifests into \`addons/cni/\`.

A file \`addon.yaml\` in the folder says more, if more is to be said:

    # yaml-language-server: $schema=../../.schemas/addon.schema.json
    apiVersion: kubic.suse.com/v1beta1
    kind: Addon
    spec:
      dependsOn: [cni]   # applied once these are healthy
      prune: true        # the default: objects that leave the folder are deleted
`;

const gitignore = `# Secrets have no place in a repository that every machine reads.
*.key
*.pem
*kubeconfig*
.env
`;

/** A value as YAML takes it for text, whatever it is. */
function text(value: string): string {
  return /^[A-Za-z][-A-Za-z0-9.]*$/.test(value) && !/^(true|false|null)$/i.test(value) ? value : JSON.stringify(value);
}
