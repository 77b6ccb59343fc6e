import type { HealthContext } from '../../addons/health/health-rule.ts';
import type { KubeReader } from '../../kube/kube-client.ts';
import { loadHealthContext } from './health-context.ts';
import { type Listed, listRecorded } from './list-recorded.ts';
import { type ReadInventory, readInventories } from './read-inventories.ts';
import { createUntouchedMemory, type UntouchedMemory } from './untouched-memory.ts';

/** What is on record of add-ons, and what there is of it: all that can be asked before it is known what the repository declares. */
export interface RecordedAddons {
  readonly read: readonly ReadInventory[];
  readonly context: HealthContext;
  readonly listed: Listed;
}

export interface ReadRecordedOptions {
  /** Where inventories are that could not be written to the cluster. */
  readonly stateDir?: string | undefined;
  /** Of the process that reads again and again. */
  readonly memory?: UntouchedMemory | undefined;
}

/**
 * One LIST for the inventories and one per kind they name.
 *
 * @throws KubicError kube.* where the inventories cannot be read
 */
export async function readRecorded(
  client: KubeReader,
  { stateDir, memory = createUntouchedMemory() }: ReadRecordedOptions,
  signal: AbortSignal | undefined,
): Promise<RecordedAddons> {
  const read = await readInventories(client, stateDir, signal);
  const stored = read.flatMap(({ inventory }) => inventory ?? []);
  const context = await loadHealthContext(client, stored, signal);
  return { read, context, listed: await listRecorded(client, stored, { context, memory }, signal) };
}
