import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { loadPending, type PendingDocument } from '../../admission/pending.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { createKubeClient } from '../../kube/create-kube-client.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import { ADMIN_KUBECONFIG } from '../../platform/host-paths.ts';
import { type OutputFormat, outputOption } from '../terminal/output.ts';

const LOOK_MS = 3_000;

export interface ClusterOptions {
  readonly output: OutputFormat;
  readonly kubeconfig?: string;
}

export function addClusterOptions(command: Command): Command {
  return command
    .addOption(outputOption())
    .option(
      '--kubeconfig <file>',
      'of the cluster (default: $KUBECONFIG, ~/.kube/config, or that of this control plane)',
    );
}

/** Who waits, where that can be learnt soon: a cluster that does not answer keeps nobody from accepting a key they know. */
export async function lookForPending(options: ClusterOptions): Promise<PendingDocument | undefined> {
  const kubeconfig = await findKubeconfig(options);
  if (kubeconfig === undefined) return undefined;
  const look = (client: KubeClient): Promise<PendingDocument | undefined> =>
    Promise.race([loadPending(client), delay(LOOK_MS, undefined, { ref: false })]);
  return withClient(kubeconfig, look).catch(() => undefined);
}

export async function readPending(options: ClusterOptions): Promise<PendingDocument | undefined> {
  const kubeconfig = await findKubeconfig(options);
  if (kubeconfig === undefined) throw new KubicError('kube.kubeconfig-invalid', { detail: 'none was found' });
  return withClient(kubeconfig, (client) => loadPending(client));
}

/** Closed at the end, which ends what is under way, too. */
export async function withClient<Answer>(path: string, work: (client: KubeClient) => Promise<Answer>): Promise<Answer> {
  const client = await createKubeClient({ path });
  try {
    return await work(client);
  } finally {
    client.close();
  }
}

export async function findKubeconfig({ kubeconfig }: ClusterOptions): Promise<string | undefined> {
  const named = kubeconfig ?? process.env.KUBECONFIG;
  if (named !== undefined && named !== '') return named;
  for (const path of [join(homedir(), '.kube', 'config'), ADMIN_KUBECONFIG]) {
    if (
      await readFile(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  return undefined;
}
