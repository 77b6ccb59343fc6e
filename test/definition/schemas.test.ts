import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { Plan as PlanDocument } from '../../src/generated/plan.generated.ts';
import type { Action, Held } from '../../src/plan/actions.ts';
import { formats } from '../../src/text/formats.ts';
import { generateReference } from '../tools/generate-reference.ts';
import { generateSettingsReference } from '../tools/generate-settings-reference.ts';
import { generateTypes } from '../tools/generate-types.ts';
import type { Schema } from '../tools/schema.ts';

const root = join(import.meta.dirname, '../..');
const kinds = ['cluster', 'node-list', 'addon', 'kubic-init-configuration', 'status', 'plan'] as const;

async function loadSchema(kind: string): Promise<Schema> {
  return JSON.parse(await readFile(join(root, `schemas/${kind}.schema.json`), 'utf8')) as Schema;
}

function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({ allowUnionTypes: true });
  ajv.addKeyword('patternErrorMessage');
  for (const name of [...Object.keys(formats), 'date-time']) ajv.addFormat(name, true);
  return ajv;
}

/** Every schema within a schema, with its path. */
function walk(schema: Schema, path: string): readonly (readonly [string, Schema])[] {
  const children: readonly (readonly [string, Schema])[] = [
    ...Object.entries(schema.properties ?? {}).map(([name, child]) => [`${path}.${name}`, child] as const),
    ...Object.entries(schema.$defs ?? {}).map(([name, child]) => [`${path}#${name}`, child] as const),
    ...(schema.items === undefined ? [] : [[`${path}[]`, schema.items] as const]),
  ];
  return [[path, schema], ...children.flatMap(([name, child]) => walk(child, name))];
}

describe.each(kinds)('%s', (kind) => {
  test('is a schema of draft 2020-12', async () => {
    const schema = await loadSchema(kind);
    expect(createAjv().validateSchema(schema)).toBe(true);
    expect(() => createAjv().compile(schema)).not.toThrow();
  });

  test('allows no field that it does not name', async () => {
    const open = walk(await loadSchema(kind), kind).filter(
      ([, { properties, additionalProperties }]) => properties !== undefined && additionalProperties !== false,
    );
    expect(open).toEqual([]);
  });

  test('describes every field, each value with an example', async () => {
    const schema = await loadSchema(kind);
    const fields = walk(schema, kind).filter(([path]) => /\.[A-Za-z]+$/.test(path));
    expect(fields.filter(([, { description, $ref }]) => description === undefined && $ref === undefined)).toEqual([]);
    const values = fields.filter(
      ([, field]) =>
        field.const === undefined &&
        field.$ref === undefined &&
        field.items?.type !== 'object' &&
        field.items?.$ref === undefined &&
        field.properties === undefined,
    );
    expect(values.filter(([, { examples }]) => examples === undefined)).toEqual([]);
  });

  test('accepts its own examples and defaults', async () => {
    const schema = await loadSchema(kind);
    const { $defs } = schema;
    for (const [path, field] of walk(schema, kind)) {
      const ajv = createAjv();
      for (const value of [...(field.examples ?? []), ...(field.default === undefined ? [] : [field.default])]) {
        expect(ajv.validate({ ...field, ...($defs && { $defs }) }, value), `${path}: ${JSON.stringify(value)}`).toBe(
          true,
        );
      }
    }
  });

  test('is what the committed types and reference page were generated from', async () => {
    const schema = await loadSchema(kind);
    const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8');
    expect(await generateTypes(schema)).toBe(await read(`src/generated/${kind}.generated.ts`));
    expect(generateReference(schema, kind)).toBe(await read(`docs/reference/${kind}.md`));
  });
});

test('the reference of the settings is what the committed page says', async () => {
  expect(generateSettingsReference()).toBe(await readFile(join(root, 'docs/reference/settings.md'), 'utf8'));
});

test('the schema of Plan says what plan/actions.ts says', () => {
  // compiles only while both can stand for each other
  const toSchema = (action: Action): PlanDocument['actions'][number] => action;
  const toSource = (action: PlanDocument['actions'][number]): Action => action;
  const held = (entry: Held): PlanDocument['held'][number] => entry;
  expect([toSchema, toSource, held]).toHaveLength(3);
});
