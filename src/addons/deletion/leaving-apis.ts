import { keyOf } from '../../objects/object-key.ts';
import { groupOf } from '../../objects/object-ref.ts';
import type { Inventory } from '../inventory.ts';

/**
 * API versions (`metrics.example.com/v1`) of APIServices that add-ons have, and that are to be deleted: nobody declares them any more, and
 * nothing keeps them. An APIService is called `<version>.<group>`.
 */
export function findLeavingApis(inventories: readonly Inventory[], declared: ReadonlySet<string>): ReadonlySet<string> {
  const leaving = inventories
    .filter(({ prune }) => prune)
    .flatMap(({ entries }) => entries)
    .filter((entry) => entry.kind === 'APIService' && groupOf(entry) === 'apiregistration.k8s.io')
    .filter((entry) => !entry.kept && !entry.adopted && !declared.has(keyOf(entry)));
  return new Set(
    leaving.map(({ name }) => {
      const [version = '', ...group] = name.split('.');
      return `${group.join('.')}/${version}`;
    }),
  );
}
