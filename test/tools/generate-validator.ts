import { Ajv2020 } from 'ajv/dist/2020.js';
import { _ } from 'ajv/dist/compile/codegen/index.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { formats } from '../../src/text/formats.ts';
import type { Schema } from './schema.ts';

const HEADER = `// @ts-nocheck
// Generated from schemas/ by \`npm run generate\`: change the schema, not this file.
import { ajvFormats, countCharacters, type Validator } from './validator.ts';
`;

/**
 * Code that validates one kind, as ajv compiles it from its schema: the function `validate`. Compiled ahead, as it takes ajv
 * 0.2 s of each start; the formats stay functions of ours.
 */
export function generateValidator(schema: Schema): string {
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    useDefaults: true,
    allowUnionTypes: true,
    schemas: [schema],
    code: { source: true, esm: true, lines: true, formats: _`ajvFormats` },
  });
  ajv.addKeyword('patternErrorMessage');
  for (const [name, explain] of Object.entries(formats)) {
    ajv.addFormat(name, { type: 'string', validate: (text: string) => explain(text) === undefined });
  }
  const code = standaloneCode
    .default(ajv, { validate: String(schema.$id) })
    .replace('"use strict";', '')
    .replace('require("ajv/dist/runtime/ucs2length").default', 'countCharacters')
    .replace(/^export const (\w+) =/gm, 'export const $1: Validator =');
  if (code.includes('require(')) throw new Error('the validator requires a part of ajv that is not imported');
  return HEADER + code;
}
