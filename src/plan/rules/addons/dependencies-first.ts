interface Dependent {
  readonly name: string;
  readonly dependsOn: readonly string[];
}

/** Items in such an order that each follows what it depends on; otherwise as they came. In a cycle, some dependency comes later. */
export function dependenciesFirst<T extends Dependent>(items: readonly T[]): readonly T[] {
  const byName = new Map(items.map((item) => [item.name, item]));
  const ordered = new Set<T>();
  const visited = new Set<T>();
  const visit = (item: T): void => {
    if (visited.has(item)) return;
    visited.add(item);
    for (const name of item.dependsOn) {
      const dependency = byName.get(name);
      if (dependency) visit(dependency);
    }
    ordered.add(item);
  };
  for (const item of items) visit(item);
  return [...ordered];
}
