import type { DeclaredDrift } from '../../addons/drift/assess-drift.ts';
import { driftModeOf } from '../../addons/drift/drift-mode.ts';
import type { Inventory } from '../../addons/inventory.ts';
import type { LoadObjects, RenderedAddon } from '../../addons/rendered-addon.ts';
import { collectScopes, placeAddons, placeObject } from '../../addons/scopes.ts';
import { type KubeObject, refOf } from '../../objects/kube-object.ts';
import { keyOf } from '../../objects/object-key.ts';

/** What the repository says of an object, and how its manifest is asked for. */
export interface Declared extends DeclaredDrift {
  readonly addon: string;
  /** As declared. */
  readonly key: string;
}

/** The objects that a repository declares, by their keys where the API server puts them. */
export interface DeclaredObjects {
  readonly byKey: ReadonlyMap<string, Declared>;
  /** Manifests, by the same keys: one question per add-on that has any of them. @throws KubicError source.* */
  readonly load: (wanted: readonly Declared[], signal?: AbortSignal) => Promise<ReadonlyMap<string, KubeObject>>;
}

/** What the repository declares, by the keys that the cluster knows it by: scopes are as the manifests and the records have them. */
export function findDeclared(
  { rendered, loadObjects }: { readonly rendered: readonly RenderedAddon[]; readonly loadObjects: LoadObjects },
  inventories: readonly Inventory[],
): DeclaredObjects {
  const entries = inventories.flatMap((inventory) => inventory.entries);
  const scopes = collectScopes(rendered, entries);
  const placed = placeAddons(rendered, scopes);
  const declared = rendered.flatMap((addon, at) =>
    addon.objects.flatMap((object, nth): [string, Declared][] => {
      const there = placed[at]?.objects[nth];
      const mode = driftModeOf(object, addon);
      return there ? [[keyOf(there), { addon: addon.name, key: keyOf(object), digest: there.digest, mode }]] : [];
    }),
  );
  return {
    byKey: new Map(declared),
    load: async (wanted, signal) => {
      const asked = [...Map.groupBy(wanted, ({ addon }) => addon)];
      const loaded = asked.map(([addon, objects]) =>
        loadObjects(
          addon,
          objects.map(({ key }) => key),
          signal,
        ),
      );
      const objects = (await Promise.all(loaded)).flat().map((object) => placeObject(object, scopes));
      return new Map(objects.map((object) => [keyOf(refOf(object)), object]));
    },
  };
}

/** Where nothing is known of what is declared. */
export const NOTHING_DECLARED: DeclaredObjects = { byKey: new Map(), load: async () => new Map() };
