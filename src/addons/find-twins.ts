import { type Diagnostic, problem, wholeFile } from '../document/diagnostic.ts';
import { formatRef } from '../objects/kube-object.ts';
import { keyOf } from '../objects/object-key.ts';
import type { RenderedAddon } from './rendered-addon.ts';
import { collectScopes, placeRef } from './scopes.ts';

/**
 * Objects that differ by a namespace alone, of a kind that has none by the CustomResourceDefinition in the repository: they are one
 * object, and each would undo the other.
 */
export function findTwins(rendered: readonly RenderedAddon[]): readonly Diagnostic[] {
  const scopes = collectScopes(rendered, []);
  if (scopes.size === 0) return [];
  const seen = new Map<string, { readonly key: string; readonly addon: string }>();
  return rendered.flatMap(({ name: addon, objects }) =>
    objects.flatMap((object): Diagnostic[] => {
      const place = keyOf(placeRef(object, scopes));
      const first = seen.get(place);
      if (!first) seen.set(place, { key: keyOf(object), addon });
      // what is declared twice with the same namespace was found when it was read
      if (!first || first.key === keyOf(object)) return [];
      const message = `${formatRef(object)} is declared in addons/${first.addon}, too: ${object.kind} has no namespace, so they are one object`;
      return [problem('addons.duplicate-object', wholeFile(`addons/${addon}`), message)];
    }),
  );
}
