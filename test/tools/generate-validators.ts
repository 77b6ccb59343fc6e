import { Ajv2020 } from 'ajv/dist/2020.js';
import { _ } from 'ajv/dist/compile/codegen/index.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { formats } from '../../src/text/formats.ts';
import type { Schema } from './schema.ts';

const HEADER = `// @ts-nocheck
// Generated from schemas/ by \`npm run generate\`: change the schema, not this file.
import type { ErrorObject } from 'ajv';
import { formats } from './formats.ts';

/** Fills defaults into the value; its \`errors\` are those of the last call. */
export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly ErrorObject[] | null;
}

const countCharacters = (text) => {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
};
const ajvFormats = Object.fromEntries(
  Object.entries(formats).map(([name, explain]) => [name, { type: 'string', validate: (text) => explain(text) === undefined }]),
);
`;

/**
 * Code that validates, as ajv compiles it from the schemas; compiled ahead, as it takes ajv 0.2 s of each start. The formats
 * stay functions of ours.
 *
 * @param schemas by the name of the function to export
 */
export function generateValidators(schemas: Readonly<Record<string, Schema>>): string {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    useDefaults: true,
    allowUnionTypes: true,
    schemas: Object.values(schemas),
    code: { source: true, esm: true, lines: true, formats: _`ajvFormats` },
  });
  ajv.addKeyword('patternErrorMessage');
  for (const [name, explain] of Object.entries(formats)) {
    ajv.addFormat(name, { type: 'string', validate: (text: string) => explain(text) === undefined });
  }
  const names = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, String(schema.$id)]));
  const code = standaloneCode
    .default(ajv, names)
    .replace('"use strict";', '')
    .replace('require("ajv/dist/runtime/ucs2length").default', 'countCharacters')
    .replace(/^export const (\w+) =/gm, 'export const $1: Validator =');
  if (code.includes('require(')) throw new Error('the validators require a part of ajv that is not imported');
  return HEADER + code;
}
