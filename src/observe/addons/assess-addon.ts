import type { AddonHealth, AddonState, Going } from '../../addons/addon-state.ts';
import { applysetId } from '../../addons/applyset.ts';
import type { Cascades } from '../../addons/deletion/cascade.ts';
import { assessDrift, type Drifted, needsManifest } from '../../addons/drift/assess-drift.ts';
import { summarizeHealth } from '../../addons/health/health.ts';
import type { HealthContext } from '../../addons/health/health-rule.ts';
import type { Inventory, InventoryEntry } from '../../addons/inventory.ts';
import { isUntouched } from '../../addons/owned-fields.ts';
import type { KubeReader } from '../../kube/kube-client.ts';
import { formatRef } from '../../objects/kube-object.ts';
import { groupKindOf, keyOf } from '../../objects/object-key.ts';
import { plainRef } from '../../objects/object-ref.ts';
import type { DeclaredObjects } from './declared-objects.ts';
import type { Listed } from './list-recorded.ts';
import { type SeenObject, seeObject } from './seen-object.ts';

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
  const found = findSeen(inventory, listed);
  const lives = await Promise.all(
    // what is applied once may have been there before us, without our label
    found.map((seen) =>
      seen.entry.live === 'once' && !seen.live ? seeAlone(seen.entry, context, client, signal) : seen,
    ),
  );
  return {
    name: inventory.addon,
    readable: true,
    ...(inventory.appliedDigest !== undefined && { appliedDigest: inventory.appliedDigest }),
    dependsOn: inventory.dependsOn,
    prune: inventory.prune,
    inventory: lives.map(({ entry, live }) => (isSeen(live) && live.isKept ? { ...entry, kept: true } : entry)),
    drifted: await findDrifted(lives, declared, signal),
    health: assessHealth(lives, (entry) => (declared.byKey.get(keyOf(entry))?.mode ?? 'correct') === 'correct'),
    cascades: cascadesOf(lives),
    going: lives.flatMap(({ entry, live }): Going[] =>
      isSeen(live) && live.going !== undefined ? [{ ref: plainRef(entry), reason: live.going }] : [],
    ),
  };
}

/** Undefined where it is not there. */
type Live = SeenObject | undefined | 'unknown';

interface Seen {
  readonly entry: InventoryEntry;
  readonly live: Live;
}

function isSeen(live: Live): live is SeenObject {
  return live !== undefined && live !== 'unknown';
}

function findSeen({ addon, entries }: Inventory, listed: Listed): readonly Seen[] {
  const id = applysetId(addon);
  return entries.map((entry) => {
    const kind = listed.get(groupKindOf(entry));
    if (!kind) return { entry, live: 'unknown' };
    return { entry, live: kind.bySet.get(id)?.get(keyOf(entry)) };
  });
}

async function seeAlone(
  entry: InventoryEntry,
  context: HealthContext,
  client: KubeReader,
  signal: AbortSignal | undefined,
): Promise<Seen> {
  try {
    const object = await client.get(entry, { signal });
    return { entry, live: object && seeObject(object, entry, { context, isUntouched }) };
  } catch {
    return { entry, live: 'unknown' };
  }
}

/** The manifests of what somebody touched are read to tell; as a rule nobody touched anything. */
async function findDrifted(
  lives: readonly Seen[],
  declared: DeclaredObjects,
  signal: AbortSignal | undefined,
): Promise<readonly Drifted[]> {
  const now = Date.now() / 1000;
  const changed = lives.flatMap(({ entry, live }) => {
    if (live === 'unknown' || (live && !live.touched)) return [];
    return [{ entry, live: live?.touched, declared: declared.byKey.get(keyOf(entry)) }];
  });
  const touched = changed.flatMap(({ entry, live, declared: said }) =>
    said && needsManifest(entry, said, live) ? said : [],
  );
  const manifests = touched.length === 0 ? undefined : await declared.load(touched, signal);
  return changed.flatMap(({ entry, live, declared: said }) => {
    const object = manifests?.get(keyOf(entry));
    return assessDrift(entry, said && { ...said, ...(object && { object }) }, live, now) ?? [];
  });
}

function cascadesOf(lives: readonly Seen[]): Cascades {
  const seen = lives.flatMap(({ entry, live }) => (isSeen(live) ? { ref: plainRef(entry), ...live } : []));
  return {
    ties: seen.flatMap(({ ref, goesWith }) => (goesWith ? { ref, goesWith } : [])),
    defines: seen.flatMap(({ defines }) => defines ?? []),
  };
}

/** @param isMadeAgain false for what nobody makes again when it is gone: then nobody waits for it either */
function assessHealth(lives: readonly Seen[], isMadeAgain: (entry: InventoryEntry) => boolean): AddonHealth {
  const found = lives.flatMap(({ entry, live }) => (isSeen(live) ? { ref: entry, health: live.health } : []));
  const { status, problems, notes: resting = [] } = summarizeHealth(found);
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
