/** What messages are made of in a JSON Schema. */
export interface JsonSchema {
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  /** What to write instead, where `pattern` or `format` does not match; editors show it too. */
  readonly patternErrorMessage?: string;
  /** A value that is never printed: somebody may have put the secret itself there. */
  readonly writeOnly?: boolean;
}

/** Paths of every field with this name, as `spec.network`: the objects that have it. */
export function findParents(schema: JsonSchema, name: string, path: readonly string[] = []): readonly string[] {
  const parents = schema.properties && Object.hasOwn(schema.properties, name) ? [path.join('.')] : [];
  const below = Object.entries(schema.properties ?? {}).flatMap(([key, child]) =>
    findParents(child.items ?? child, name, [...path, child.items ? `${key}[]` : key]),
  );
  return [...parents, ...below];
}
