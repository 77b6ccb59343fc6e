import type { AddonHealth, AddonState, Going } from '../../addons/addon-state.ts';
import { applysetId, PART_OF_LABEL } from '../../addons/applyset.ts';
import { type Cascades, definedBy, goesWith } from '../../addons/deletion/cascade.ts';
import { assessDrift, needsManifest } from '../../addons/drift/assess-drift.ts';
import { summarizeHealth } from '../../addons/health/health.ts';
import type { HealthContext } from '../../addons/health/health-rule.ts';
import type { Inventory, InventoryEntry } from '../../addons/inventory.ts';
import { isKept } from '../../addons/object-options.ts';
import type { KubeReader } from '../../kube/kube-client.ts';
import { formatRef, type KubeObject, refOf } from '../../objects/kube-object.ts';
import { groupKindOf, keyOf } from '../../objects/object-key.ts';
import { plainRef } from '../../objects/object-ref.ts';
import type { DeclaredObjects } from './declared-objects.ts';
import { goingReason } from './going-reason.ts';
import type { Listed } from './list-recorded.ts';

/** What is known beside an add-on's record. */
interface Known {
  readonly listed: Listed;
  readonly context: HealthContext;
  readonly declared: DeclaredObjects;
}

/** How an add-on's objects stand: what drifted, their health, how their deletion spreads. */
export async function assessAddon(
  inventory: Inventory,
  { listed, context, declared }: Known,
  client: KubeReader,
  signal: AbortSignal | undefined,
): Promise<AddonState> {
  const id = applysetId(inventory.addon);
  const lives = await Promise.all(
    inventory.entries.map(async (entry) => ({ entry, live: await findLive(entry, id, listed, client, signal) })),
  );
  const now = Date.now() / 1000;
  const isTouched = (entry: InventoryEntry): boolean =>
    listed.get(groupKindOf(entry))?.touched.has(keyOf(entry)) ?? false;
  const known = lives.flatMap(({ entry, live }) =>
    live === 'unknown' || (live && !isTouched(entry))
      ? []
      : [{ entry, live, declared: declared.byKey.get(keyOf(entry)) }],
  );
  const touched = known.flatMap(({ entry, live, declared: said }) =>
    said && needsManifest(entry, said, live) ? said : [],
  );
  const manifests = touched.length === 0 ? undefined : await declared.load(touched, signal);
  const drifted = known.flatMap(({ entry, live, declared: said }) => {
    const object = manifests?.get(keyOf(entry));
    return assessDrift(entry, said && { ...said, ...(object && { object }) }, live, now) ?? [];
  });
  return {
    name: inventory.addon,
    readable: true,
    ...(inventory.appliedDigest !== undefined && { appliedDigest: inventory.appliedDigest }),
    dependsOn: inventory.dependsOn,
    prune: inventory.prune,
    inventory: lives.map(({ entry, live }) => withLiveOptions(entry, live)),
    drifted,
    health: assessHealth(
      lives,
      context,
      (entry) => (declared.byKey.get(keyOf(entry))?.mode ?? 'correct') === 'correct',
    ),
    cascades: cascadesOf(lives),
    going: lives.flatMap(({ entry, live }): Going[] => {
      const reason = isLive(live) ? goingReason(live) : undefined;
      return reason === undefined ? [] : [{ ref: plainRef(entry), reason }];
    }),
  };
}

type Live = KubeObject | undefined | 'unknown';

interface Seen {
  readonly entry: InventoryEntry;
  readonly live: Live;
}

function isLive(live: Live): live is KubeObject {
  return live !== undefined && live !== 'unknown';
}

/** Somebody may have said only in the cluster that an object is to stay. */
function withLiveOptions(entry: InventoryEntry, live: Live): InventoryEntry {
  return isLive(live) && isKept(live) ? { ...entry, kept: true } : entry;
}

function cascadesOf(lives: readonly Seen[]): Cascades {
  const seen = lives.flatMap(({ live }) => (isLive(live) ? live : []));
  const ties = seen.map((live) => ({ ref: refOf(live), goesWith: goesWith(live) }));
  const defines = seen.flatMap((live) => definedBy(live) ?? []);
  return { ties: ties.filter((tie) => tie.goesWith.length > 0), defines };
}

async function findLive(
  entry: InventoryEntry,
  id: string,
  listed: Listed,
  client: KubeReader,
  signal: AbortSignal | undefined,
): Promise<Live> {
  const objects = listed.get(groupKindOf(entry))?.objects;
  if (!objects) return 'unknown';
  const live = objects.get(keyOf(entry));
  if (live?.metadata.labels?.[PART_OF_LABEL] === id) return live;
  // what is applied once may have been there before us, without our label
  if (entry.live !== 'once') return undefined;
  return client.get(entry, { signal }).catch(() => 'unknown' as const);
}

/** @param isMadeAgain false for what nobody makes again when it is gone: then nobody waits for it either */
function assessHealth(
  lives: readonly Seen[],
  context: HealthContext,
  isMadeAgain: (entry: InventoryEntry) => boolean,
): AddonHealth {
  const found = lives.flatMap(({ live }) => (live === undefined || live === 'unknown' ? [] : live));
  const { status, problems, notes: resting = [] } = summarizeHealth(found, context);
  const missing = lives.flatMap(({ entry, live }) => (live === undefined ? entry : []));
  const isAwaited = (entry: InventoryEntry): boolean => !entry.goesWhenDone && isMadeAgain(entry);
  const gone = missing.filter(isAwaited).map((entry) => `${formatRef(entry)}: is not there`);
  const rest = missing
    .filter((entry) => !isAwaited(entry))
    .map(
      (entry) => `${formatRef(entry)}: ${entry.goesWhenDone ? 'is done, and gone' : 'is not there, and is left so'}`,
    );
  const notes = [...resting, ...rest];
  const unseen = lives
    .filter(({ live }) => live === 'unknown')
    .map(({ entry }) => `${formatRef(entry)}: cannot be read`);
  const all = [...problems, ...gone, ...unseen];
  if (status !== 'healthy') return { status, problems: all, notes };
  if (gone.length > 0) return { status: 'progressing', problems: all, notes };
  return { status: unseen.length > 0 ? 'unknown' : 'healthy', problems: all, notes };
}
