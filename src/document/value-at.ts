import type { FieldPath } from './find-field.ts';
import type { YamlFile } from './read-yaml.ts';

/** The value at a path, or undefined; for documents that may have errors elsewhere. */
export function valueAt(yaml: YamlFile, path: FieldPath): unknown {
  let value = yaml.value;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[step];
  }
  return value;
}

/** The text of a field of a YAML file; undefined where the field is absent or holds something else. */
export function fieldText(yaml: YamlFile, path: FieldPath): string | undefined {
  const value = valueAt(yaml, path);
  return typeof value === 'string' ? value : undefined;
}
