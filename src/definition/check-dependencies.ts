import { type Diagnostic, type Place, problem } from '../document/diagnostic.ts';
import { quote } from '../text/quote.ts';
import { suggest } from '../text/suggest.ts';

/** One entry of a `dependsOn`. */
export interface Dependency {
  readonly addon: string;
  readonly on: string;
  readonly place: Place;
}

/** Of each kind: enough to mend them, and nobody reads more. */
const MAX_TOLD = 100;
const MAX_SUGGESTIONS = 20;
const MAX_NAMED = 20;

/** Dependencies on add-ons that are not there, and circles: each circle once, named from its first add-on around. */
export function checkDependencies(
  dependencies: readonly Dependency[],
  names: readonly string[],
): readonly Diagnostic[] {
  const known = new Set(names);
  const unknown = dependencies.filter(({ on }) => !known.has(on)).slice(0, MAX_TOLD);
  const told = unknown.map((dependency, index) => describeUnknown(dependency, index < MAX_SUGGESTIONS ? names : []));
  return [...told, ...findCycles(dependencies)];
}

function describeUnknown({ on, place }: Dependency, names: readonly string[]): Diagnostic {
  const near = suggest(on, names);
  const question = near === undefined ? '' : `; did you mean ${quote(near)}?`;
  return problem('definition.unknown-dependency', place, `there is no add-on ${quote(on)}${question}`);
}

/** An add-on on the open path, and how many of its dependencies were followed. */
interface Step {
  readonly addon: string;
  followed: number;
}

interface Search {
  readonly edges: ReadonlyMap<string, readonly Dependency[]>;
  readonly visited: Set<string>;
  /** The open path, and where in it an add-on is. */
  readonly open: Step[];
  readonly depths: Map<string, number>;
}

/** Depth first without recursion, each dependency looked at once; one that leads back into the open path closes a circle. */
function findCycles(dependencies: readonly Dependency[]): readonly Diagnostic[] {
  const edges = Map.groupBy(dependencies, ({ addon }) => addon);
  const search: Search = { edges, visited: new Set(), open: [], depths: new Map() };
  const diagnostics: Diagnostic[] = [];
  for (const start of edges.keys()) {
    visit(start, search);
    while (search.open.length > 0 && diagnostics.length < MAX_TOLD) {
      const circle = followNext(search);
      if (circle !== undefined) diagnostics.push(circle);
    }
  }
  return diagnostics;
}

function visit(addon: string, { visited, open, depths }: Search): void {
  if (visited.has(addon)) return;
  visited.add(addon);
  depths.set(addon, open.length);
  open.push({ addon, followed: 0 });
}

function followNext(search: Search): Diagnostic | undefined {
  const { edges, open, depths } = search;
  const top = open.at(-1);
  const edge = top === undefined ? undefined : edges.get(top.addon)?.[top.followed++];
  if (edge === undefined) {
    depths.delete(open.pop()?.addon ?? '');
    return undefined;
  }
  const depth = depths.get(edge.on);
  if (depth !== undefined) return describeCycle(open.slice(depth), edge);
  visit(edge.on, search);
  return undefined;
}

function describeCycle(steps: readonly Step[], { on, place }: Dependency): Diagnostic {
  const shown = steps.slice(0, MAX_NAMED).map(({ addon }) => quote(addon));
  const circle = [...shown, ...(steps.length > MAX_NAMED ? ['…'] : []), quote(on)].join(' → ');
  return problem('definition.dependency-cycle', place, `add-ons depend on each other in a circle: ${circle}`);
}
