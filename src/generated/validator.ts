import type { ErrorObject } from 'ajv';
import { formats } from '../text/formats.ts';

/** A schema as ajv has compiled it. Fills defaults into the value; its `errors` are those of the last call. */
export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly ErrorObject[] | null;
}

/** The length of a text as JSON Schema counts it: code points. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The `format`s of the schemas, in the form that generated code asks them in. */
export const ajvFormats = Object.fromEntries(
  Object.entries(formats).map(([name, explain]) => [
    name,
    { type: 'string', validate: (text: string) => explain(text) === undefined },
  ]),
);
