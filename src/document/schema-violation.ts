import type { ErrorObject } from 'ajv';
import { formats } from '../text/formats.ts';
import { quote } from '../text/quote.ts';
import { suggest } from '../text/suggest.ts';
import { type Diagnostic, type Place, problem } from './diagnostic.ts';
import type { FieldPath } from './find-field.ts';
import { findParents, type JsonSchema } from './json-schema.ts';
import type { YamlFile } from './read-yaml.ts';

export interface SchemaContext {
  readonly schema: JsonSchema;
  /** Fields that the design has and this release does not, as `spec.renderer`. */
  readonly notYet: readonly string[];
}

/** An ajv error in words, at its place in the file. */
export function formatViolation(error: ErrorObject, yaml: YamlFile, context: SchemaContext): Diagnostic {
  const path = toPath(error.instancePath, yaml.value);
  if (error.keyword === 'additionalProperties') return unknownField(error, path, yaml, context);
  if (error.keyword === 'required') return missingField(error, path, yaml);
  if (error.propertyName !== undefined) {
    const place = yaml.placeOfKey([...path, error.propertyName]);
    const message = `${quote(error.propertyName)} is not a valid key of ${fieldName(path)}`;
    return problem('definition.invalid-value', place, message, sentence(parentOf(error).patternErrorMessage));
  }
  return invalidValue(error, path, yaml.placeOf(path));
}

function unknownField(error: ErrorObject, path: FieldPath, yaml: YamlFile, context: SchemaContext): Diagnostic {
  const name = String(error.params.additionalProperty);
  const place = yaml.placeOfKey([...path, name]);
  const full = [...path.filter((step) => typeof step === 'string'), name].join('.');
  if (context.notYet.includes(full)) {
    return problem('definition.not-supported', place, `${quote(full)} is not supported by this release`);
  }
  const known = Object.keys(parentOf(error).properties ?? {});
  const near = suggest(name, known);
  if (near !== undefined) {
    const message = `unknown field ${quote(name)}; did you mean \`${near}\`?`;
    return problem('definition.unknown-field', place, message, `Write \`${near}\`.`);
  }
  const message = `unknown field ${quote(name)}${path.length > 0 ? ` in ${fieldName(path)}` : ''}`;
  const [parent] = findParents(context.schema, name);
  const remedy =
    parent === undefined
      ? `Remove it; the fields here are ${list(known)}.`
      : `Move it: \`${name}\` belongs ${parent === '' ? 'at the top level' : `in \`${parent}\``}.`;
  return problem('definition.unknown-field', place, message, remedy);
}

function missingField(error: ErrorObject, path: FieldPath, yaml: YamlFile): Diagnostic {
  const name = String(error.params.missingProperty);
  const field = parentOf(error).properties?.[name];
  const where = path.length > 0 ? ` in ${fieldName(path)}` : '';
  const [example] = field?.examples ?? [];
  const remedy =
    example === undefined
      ? `Add \`${name}:\`. ${field?.description ?? ''}`.trim()
      : `Add it, for example \`${name}: ${asYaml(example)}\`.`;
  return problem('definition.missing-field', yaml.placeOfKey(path), `\`${name}\` is missing${where}`, remedy);
}

function invalidValue(error: ErrorObject, path: FieldPath, place: Place): Diagnostic {
  const schema = parentOf(error);
  const name = fieldName(path);
  const [example] = schema.examples ?? [];
  const remedy =
    (error.data === null ? 'remove the line, or write a value' : undefined) ??
    schema.patternErrorMessage ??
    (schema.enum ? `write ${list(schema.enum.map(String), 'or')}` : undefined) ??
    (example === undefined ? undefined : `write, for example, \`${asYaml(example)}\``);
  const message = schema.writeOnly ? explainSecret(error, name) : explain(error, schema, name);
  return problem('definition.invalid-value', place, message, sentence(remedy));
}

/** A message without the value, which may be a secret; what a format finds wrong does not repeat it. */
function explainSecret(error: ErrorObject, name: string): string {
  const wrong = error.keyword === 'format' ? formats[String(error.params.format)]?.(String(error.data)) : undefined;
  return `the value of ${name} is not valid${wrong === undefined ? '' : `: ${wrong}`}`;
}

function explain(error: ErrorObject, schema: JsonSchema, name: string): string {
  const { limit, type, format } = error.params as Readonly<Record<string, unknown>>;
  const length = typeof error.data === 'string' ? 'characters' : 'entries';
  switch (error.keyword) {
    case 'type':
      return `${name} is ${describeType(error.data)}; it has to be ${typeNames(type)}`;
    case 'format':
      return `${name} cannot be ${quote(error.data)}: ${formats[String(format)]?.(String(error.data)) ?? 'its form is wrong'}`;
    case 'minimum':
    case 'maximum':
      return `${name} is ${quote(error.data)}; it has to be ${error.keyword === 'minimum' ? 'at least' : 'at most'} ${limit}`;
    case 'minLength':
    case 'minItems':
      return `${name} has too few ${length}; it needs at least ${limit}`;
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
      return `${name} has too many ${length}; it may have ${limit}`;
    default:
      return `${name} cannot be ${quote(error.data)}${schema.enum ? '' : ': its form is wrong'}`;
  }
}

const typeWords: Readonly<Record<string, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

function typeNames(type: unknown): string {
  return [type]
    .flat()
    .map((name) => typeWords[String(name)] ?? String(name))
    .join(' or ');
}

function describeType(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? `the text ${quote(value)}` : `the ${typeof value} ${quote(value)}`;
}

/** `spec.network.podSubnet`, `accepted[0].key`, in backticks. */
function fieldName(path: FieldPath): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return path.length === 0 ? 'the document' : quote(text.replace(/^\./, ''));
}

/** A JSON pointer as keys and indices; which is which, the value tells. */
function toPath(pointer: string, root: unknown): FieldPath {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  let value = root;
  return steps.map((step) => {
    const key = Array.isArray(value) ? Number(step) : step;
    value = (value as Readonly<Record<string | number, unknown>> | undefined)?.[key];
    return key;
  });
}

function parentOf(error: ErrorObject): JsonSchema {
  return (error.parentSchema ?? {}) as JsonSchema;
}

/** An example as one writes it in YAML, on one line. */
function asYaml(value: unknown): string {
  return typeof value === 'string' && /^[A-Za-z][-A-Za-z0-9.]*$/.test(value) ? value : JSON.stringify(value);
}

function list(words: readonly string[], conjunction = 'and'): string {
  const quoted = words.map((word) => `\`${word}\``);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} ${conjunction} ${quoted.at(-1)}`;
}

function sentence(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `${text[0]?.toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}
