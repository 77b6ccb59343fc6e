import { access, constants } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { stderr } from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { loadPending, type PendingDocument } from '../../admission/pending.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import type { KubeClient } from '../../kube/kube-client.ts';
import type { KubeconfigSelection } from '../../kube/user/load-user-kubeconfig.ts';
import { openUserConnection } from '../../kube/user/open-user-connection.ts';
import { ADMIN_KUBECONFIG } from '../../platform/host-paths.ts';
import { type OutputFormat, outputOption } from '../terminal/output.ts';
import { asForKubectl } from './as-for-kubectl.ts';

const LOOK_MS = 3_000;

export interface ClusterOptions {
  readonly output: OutputFormat;
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** Adds the options that say which cluster is meant, and in what form it is answered. */
export function addClusterOptions(command: Command): Command {
  return command
    .addOption(outputOption())
    .option(
      '--kubeconfig <file>',
      'of the cluster (default: $KUBECONFIG, ~/.kube/config, or that of this control plane)',
    )
    .option('--context <name>', 'of the kubeconfig (default: its current one)');
}

/** The machines that wait for admission, where that can be learnt soon: a cluster that does not answer keeps nobody from accepting a key they know. */
export async function lookForPending(options: ClusterOptions): Promise<PendingDocument | undefined> {
  const selection = await findKubeconfig(options).catch(() => undefined);
  if (selection === undefined) return undefined;
  const look = (client: KubeClient): Promise<PendingDocument | undefined> =>
    Promise.race([loadPending(client), delay(LOOK_MS, undefined, { ref: false })]);
  return withClient(selection, look, AbortSignal.timeout(LOOK_MS)).catch(() => undefined);
}

/** The machines that wait for admission. @throws KubicError kube.* */
export async function readPending(options: ClusterOptions): Promise<PendingDocument | undefined> {
  const selection = await findKubeconfig(options);
  if (selection === undefined) throw noKubeconfig();
  return withClient(selection, (client) => loadPending(client));
}

/**
 * Works with a client that is closed at the end, which ends what is under way, too. The signal ends a credential plugin.
 *
 * @throws KubicError as the work does, with hints for who sits at a laptop
 */
export async function withClient<Answer>(
  selection: KubeconfigSelection,
  work: (client: KubeClient) => Promise<Answer>,
  signal?: AbortSignal,
): Promise<Answer> {
  const warn = (text: string): void => void stderr.write(`warning: ${text}\n`);
  const client = await openUserConnection(selection, { warn, signal });
  try {
    return await work(client);
  } catch (error) {
    throw asForKubectl(error);
  } finally {
    client.close();
  }
}

/**
 * The kubeconfig that kubectl would take, or that of this control plane; undefined where there is none.
 *
 * @throws KubicError kube.kubeconfig-invalid where a context is asked for and there is none
 */
export async function findKubeconfig({
  kubeconfig,
  context,
}: ClusterOptions): Promise<KubeconfigSelection | undefined> {
  const chosen = context === undefined ? {} : { context };
  if (kubeconfig) return { files: [kubeconfig], mustExist: true, ...chosen };
  const files = (process.env.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  if (files.length > 0) return { files, mustExist: false, ...chosen };
  for (const file of [join(homedir(), '.kube', 'config'), ADMIN_KUBECONFIG]) {
    if (await isReadable(file)) return { files: [file], mustExist: true, ...chosen };
  }
  if (context !== undefined) throw noKubeconfig();
  return undefined;
}

/** What only root may read is not at hand for others. */
function isReadable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}

function noKubeconfig(): KubicError {
  return new KubicError('kube.kubeconfig-invalid', { detail: 'none was found' });
}
