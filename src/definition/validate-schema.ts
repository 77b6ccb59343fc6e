import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Diagnostic } from './diagnostic.ts';
import { formats } from './formats.ts';
import type { JsonSchema } from './json-schema.ts';
import type { YamlFile } from './read-yaml.ts';
import { formatViolation } from './schema-violation.ts';

/** A schema ready to be applied: fills defaults into the value and tells every violation with its place. */
export type Validate = (yaml: YamlFile) => readonly Diagnostic[];

/** @param notYet fields that the design has and this release does not, as `spec.renderer` */
export function compileSchema(schema: object, notYet: readonly string[] = []): Validate {
  const context = { schema: schema as JsonSchema, notYet };
  let compiled: ValidateFunction | undefined; // compiling takes a while: only where it is used
  return (yaml) => {
    compiled ??= createAjv().compile(schema);
    compiled(yaml.value);
    return withoutRepeats(compiled.errors ?? []).map((error) => formatViolation(error, yaml, context));
  };
}

function createAjv(): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, useDefaults: true, allowUnionTypes: true });
  ajv.addKeyword('patternErrorMessage');
  for (const [name, explain] of Object.entries(formats)) {
    ajv.addFormat(name, { type: 'string', validate: (text: string) => explain(text) === undefined });
  }
  return ajv;
}

/** One error per value: `format` repeats what `pattern` and `maxLength` said, `propertyNames` what is said of the name. */
function withoutRepeats(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const seen = new Set<string>();
  return errors.filter((error) => {
    if (error.keyword === 'propertyNames') return false;
    if (error.keyword === 'additionalProperties' || error.keyword === 'required') return true;
    const id = `${error.instancePath}\0${error.propertyName ?? ''}`;
    return !seen.has(id) && seen.add(id);
  });
}
