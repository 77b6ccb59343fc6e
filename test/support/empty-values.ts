import { LineCounter, parseDocument, stringify } from 'yaml';
import type { Schema } from '../tools/schema.ts';

type Step = string | number;

/** A setting with nothing in it, or nothing where it stands. */
export interface EmptySetting {
  /** `spec.guards.protect`, `accepted[].taints[].value`, `accepted[].labels.*`. */
  readonly field: string;
  readonly value: unknown;
  /** `spec.guards.protect = []` */
  readonly title: string;
}

/** Each field of a schema, the entries of its lists and mappings too, with each empty value of its types, and with null. */
export function emptySettings(schema: Schema): readonly EmptySetting[] {
  return fieldsOf(schema, '').flatMap(([field, child]) =>
    [...emptyValues(child), null].map((value) => ({ field, value, title: `${field} = ${JSON.stringify(value)}` })),
  );
}

function fieldsOf(schema: Schema, path: string): readonly (readonly [string, Schema])[] {
  const { additionalProperties: entries } = schema;
  const below: readonly (readonly [string, Schema])[] = [
    ...Object.entries(schema.properties ?? {}).map(([name, child]) => [`${path}.${name}`, child] as const),
    ...(schema.items === undefined ? [] : [[`${path}[]`, schema.items] as const]),
    ...(typeof entries === 'object' ? [[`${path}.*`, entries] as const] : []),
  ];
  return below.flatMap(([name, child]) => [[name.replace(/^\./, ''), child] as const, ...fieldsOf(child, name)]);
}

function emptyValues(schema: Schema): readonly unknown[] {
  if (schema.const !== undefined || schema.enum !== undefined) return [''];
  return [schema.type ?? []].flat().flatMap((type): unknown[] => {
    if (type === 'object') return [{}];
    if (type === 'array') return [[]];
    if (type === 'boolean') return [false];
    return type === 'integer' ? [0] : type === 'string' ? [''] : [];
  });
}

/** A document in which one field has another value, or is left out, and the line where it stands. */
export function withField(document: object, field: string, value: unknown): { text: string; line: number } {
  const copy = structuredClone(document);
  const path = findPath(copy, field);
  const [holder, last] = [path.slice(0, -1).reduce<unknown>(stepInto, copy), path.at(-1)];
  if (last === undefined || stepInto(holder, last) === undefined) throw new Error(`the document has no ${field}`);
  if (value !== undefined) (holder as Record<Step, unknown>)[last] = value;
  else if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete (holder as Record<Step, unknown>)[last];
  return value === undefined ? { text: stringify(copy), line: 0 } : lineOf(stringify(copy), path);
}

function lineOf(text: string, path: readonly Step[]): { text: string; line: number } {
  const lineCounter = new LineCounter();
  const node = parseDocument(text, { lineCounter }).getIn(path, true) as { readonly range: readonly [number] };
  return { text, line: lineCounter.linePos(node.range[0]).line };
}

/** `[]` is the last entry of a list, which has all that an entry may have, `*` the first of a mapping. */
function findPath(document: unknown, field: string): readonly Step[] {
  const path: Step[] = [];
  let value = document;
  for (const [, name, star] of field.matchAll(/([A-Za-z]+)|(\*)|\[\]/g)) {
    const last = Array.isArray(value) ? value.length - 1 : (star && Object.keys(Object(value))[0]) || '';
    path.push(name ?? last);
    value = stepInto(value, name ?? last);
  }
  return path;
}

function stepInto(value: unknown, step: Step): unknown {
  return (value as Readonly<Record<Step, unknown>> | undefined)?.[step];
}
