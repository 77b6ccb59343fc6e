import type { Inside, Named } from '../addon-state.ts';

/**
 * What would go along and must not without a question, in words.
 *
 * @param told names of what is said to stay already
 */
export function describeInside(inside: Inside | undefined, told: ReadonlySet<string> = new Set()): readonly string[] {
  if (inside?.unknown !== undefined) return [inside.unknown];
  if (inside === undefined) return [];
  const { stays } = inside;
  const names = stays?.names.filter((name) => !told.has(name)) ?? [];
  const isAllTold = stays !== undefined && names.length === 0 && stays.names.length === stays.count;
  return [
    ...describe(inside, "on no add-on's record"),
    ...(stays && !isAllTold
      ? describe({ names, count: stays.count - (stays.names.length - names.length) }, 'to stay')
      : []),
  ];
}

function describe(named: Named, what: string): readonly string[] {
  return named.count === 0 ? [] : [`${listNames(named)} ${named.count > 1 ? 'are' : 'is'} ${what}`];
}

/** `Pod shop/a, Pod shop/b and 3 more` */
export function listNames({ names, count }: Named): string {
  const more = count - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What is protected and would go along, or may where not all of it could be read. */
export function describeGuarded(guarded: string, unknown: string | undefined): string {
  return `${guarded} is protected, ${unknown === undefined ? 'and would go with it' : `and may go with it: ${unknown}`}`;
}
