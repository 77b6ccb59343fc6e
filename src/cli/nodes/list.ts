import { join } from 'node:path';
import { Command } from 'commander';
import { loadPending } from '../../admission/pending.ts';
import { loadClone } from '../../clone/accept-node.ts';
import { overviewNodes } from '../../clone/node-overview.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import { observeNodes } from '../../observe/cluster/observe-nodes.ts';
import { pathExists } from '../../platform/files.ts';
import { formatTable } from '../format/format-table.ts';
import { printAnswer } from '../terminal/output.ts';
import { addClusterOptions, type ClusterOptions, findKubeconfig, withClient } from './cluster-options.ts';

/** `kubic-init nodes list` */
export function nodesListCommand(): Command {
  return addClusterOptions(new Command('list'))
    .description('list them: from the clone around, and from the cluster where a kubeconfig is at hand')
    .option('--dir <directory>', 'the directory of the clone that holds cluster.yaml', '.')
    .action(listNodes);
}

async function listNodes(options: ClusterOptions & { readonly dir: string }): Promise<void> {
  const selection = await findKubeconfig(options);
  const hasClone = await pathExists(join(options.dir, 'cluster.yaml'));
  // without a cluster the clone is all there is: what it lacks is then told by whoever reads it
  const definition = hasClone || selection === undefined ? (await loadClone(options.dir)).definition : undefined;
  const cluster = selection === undefined ? undefined : await withClient(selection, observe);
  const nodes = overviewNodes(definition, cluster);
  const rows = nodes.map(({ name, role, key, state }) => [name, state, role || '-', key || '-']);
  await printAnswer(options.output, nodes, () => formatTable(['NAME', 'STATE', 'ROLE', 'KEY'], rows));
}

async function observe(client: KubeClient) {
  const [nodes, document] = await Promise.all([observeNodes(client), loadPending(client)]);
  return { nodes, pending: document?.pending ?? [] };
}
