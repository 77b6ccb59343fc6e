import type { Held } from '../../plan/actions.ts';

type FieldDrift = NonNullable<Held['fields']>[number];

/** `spec.replicas: 5, declared 3 (kubectl-edit)` */
export function formatFieldDrift({ path, declared, live, by }: FieldDrift): string {
  const who = by.length === 0 ? '' : ` (${by.join(', ')})`;
  return `${path}: ${live ?? 'gone'}, declared ${declared}${who}`;
}
