import type { ErrorObject } from 'ajv';
import type { Validator } from '../generated/validator.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { JsonSchema } from './json-schema.ts';
import type { YamlFile } from './read-yaml.ts';
import { formatViolation } from './schema-violation.ts';

/** More than are told of a repository. */
const MAX_ERRORS = 2_000;

/** A schema ready to be applied: fills defaults into the value and tells every violation with its place. */
export type Validate = (yaml: YamlFile) => readonly Diagnostic[];

/**
 * @param validator the schema as compiled by `npm run generate`: that would take ajv a while at each start
 * @param notYet fields that the design has and this release does not, as `spec.renderer`
 */
export function bindSchema(validator: Validator, schema: object, notYet: readonly string[] = []): Validate {
  const context = { schema: schema as JsonSchema, notYet };
  return (yaml) => {
    validator(yaml.value);
    return withoutRepeats((validator.errors ?? []).slice(0, MAX_ERRORS)).map((error) =>
      formatViolation(error, yaml, context),
    );
  };
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
