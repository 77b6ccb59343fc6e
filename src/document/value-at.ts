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

/** The text at a path, or undefined where there is none or something else. */
export function textAt(yaml: YamlFile, path: FieldPath): string | undefined {
  const value = valueAt(yaml, path);
  return typeof value === 'string' ? value : undefined;
}
