import { type Diagnostic, type Place, problem } from '../document/diagnostic.ts';
import { quote } from '../text/quote.ts';
import { suggest } from '../text/suggest.ts';

/** One entry of a `dependsOn`. */
export interface Dependency {
  readonly addon: string;
  readonly on: string;
  readonly place: Place;
}

/** Dependencies on add-ons that are not there, and circles: each circle once, named from its first add-on around. */
export function checkDependencies(
  dependencies: readonly Dependency[],
  names: readonly string[],
): readonly Diagnostic[] {
  const known = new Set(names);
  const unknown = dependencies.filter(({ on }) => !known.has(on));
  return [...unknown.map((dependency) => describeUnknown(dependency, names)), ...findCycles(dependencies)];
}

function describeUnknown({ on, place }: Dependency, names: readonly string[]): Diagnostic {
  const near = suggest(on, names);
  const question = near === undefined ? '' : `; did you mean \`${near}\`?`;
  return problem('definition.unknown-dependency', place, `there is no add-on ${quote(on)}${question}`);
}

/** Depth first without recursion, each dependency looked at once; one that leads back into the open path closes a circle. */
function findCycles(dependencies: readonly Dependency[]): readonly Diagnostic[] {
  const edges = Map.groupBy(dependencies, ({ addon }) => addon);
  const visited = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const start of edges.keys()) {
    const open: { readonly addon: string; next: number }[] = visited.has(start) ? [] : [{ addon: start, next: 0 }];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      visited.add(top.addon);
      const edge = edges.get(top.addon)?.[top.next++];
      if (edge === undefined) {
        open.pop();
        continue;
      }
      const index = open.findIndex(({ addon }) => addon === edge.on);
      if (index >= 0)
        diagnostics.push(
          describeCycle(
            open.slice(index).map(({ addon }) => addon),
            edge,
          ),
        );
      else if (!visited.has(edge.on)) open.push({ addon: edge.on, next: 0 });
    }
  }
  return diagnostics;
}

function describeCycle(addons: readonly string[], { on, place }: Dependency): Diagnostic {
  const circle = [...addons, on].map(quote).join(' → ');
  return problem('definition.dependency-cycle', place, `add-ons depend on each other in a circle: ${circle}`);
}
