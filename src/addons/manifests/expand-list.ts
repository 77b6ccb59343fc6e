import type { FieldPath } from '../../document/find-field.ts';
import { isMapping } from '../../json/at.ts';

export interface ListItem {
  readonly value: unknown;
  /** From the root of the document. */
  readonly path: FieldPath;
}

/** Lists in lists: nobody writes them, and each level costs a longer path for each of its items. */
const MAX_NESTED = 16;

/**
 * The objects of a document: whatever has `items` at its top stands for these, a list in a list too. The items of a `RoleList` that say
 * neither apiVersion nor kind get those of the list (apimachinery, unstructuredJSONScheme; cli-runtime, FlattenListVisitor).
 */
export function expandList(document: unknown): readonly ListItem[] {
  if (!isMapping(document) || document.items === undefined) return [{ value: document, path: [] }];
  if (document.items === null) return [];
  if (!Array.isArray(document.items)) return [{ value: undefined, path: ['items'] }];
  const pending: ListItem[] = document.items.map((item: unknown, index) => ({
    value: withKindOf(document, item),
    path: ['items', index],
  }));
  const found: ListItem[] = [];
  for (let item = pending[0], next = 1; item !== undefined; item = pending[next++]) {
    const { path } = item;
    const nested: unknown = isMapping(item.value) ? item.value.items : undefined;
    if (!Array.isArray(nested)) found.push(item);
    else if (path.length > 2 * MAX_NESTED) found.push({ value: undefined, path });
    else for (const [index, value] of nested.entries()) pending.push({ value, path: [...path, 'items', index] });
  }
  return found;
}

function withKindOf({ apiVersion, kind }: Record<string, unknown>, item: unknown): unknown {
  if (!isMapping(item) || !isUnsaid(item.apiVersion) || !isUnsaid(item.kind)) return item;
  return { ...item, apiVersion, kind: typeof kind === 'string' ? kind.replace(/List$/, '') : kind };
}

function isUnsaid(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
