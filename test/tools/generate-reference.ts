import { resolveRef, type Schema } from './schema.ts';

/** A reference page of a kind: one table per object, in the order of the schema. */
export function generateReference(schema: Schema, kind: string): string {
  const sections = collectSections(schema, schema, '');
  return `${[
    `# ${schema.title}`,
    `<!-- Generated from schemas/${kind}.schema.json by \`npm run generate\`: change the schema, not this page. -->`,
    schema.description ?? '',
    `Editors complete and check this file with the schema [${kind}.schema.json](../../schemas/${kind}.schema.json).`,
    ...sections,
  ].join('\n\n')}\n`;
}

/** The table of an object, then those of the objects in it. */
function collectSections(schema: Schema, root: Schema, path: string): readonly string[] {
  const fields = Object.entries(schema.properties ?? {}).map(
    ([name, field]) => [name, resolveRef(field, root)] as const,
  );
  if (fields.length === 0) return [];
  const rows = fields.map(([name, field]) => {
    const required = schema.required?.includes(name) ? ', required' : '';
    return `| \`${name}\` | ${typeOf(field, root)}${required} | ${defaultOf(field)} | ${describe(field)} |`;
  });
  const heading = path === '' ? [] : [`## ${path}`];
  const table = ['| Field | Type | Default | Description |', '| --- | --- | --- | --- |', ...rows].join('\n');
  const below = fields.flatMap(([name, field]) => collectBelow(field, root, path === '' ? name : `${path}.${name}`));
  return [...heading, table, ...below];
}

function collectBelow(field: Schema, root: Schema, path: string): readonly string[] {
  const items = field.items === undefined ? undefined : resolveRef(field.items, root);
  const choices = items?.anyOf ?? [];
  if (choices.length > 0) {
    return choices.flatMap((choice) => {
      const target = resolveRef(choice, root);
      const name = target.properties?.kind?.const ?? target.title;
      return [`## ${path}[]: ${String(name)}`, target.description ?? '', ...collectSections(target, root, '')];
    });
  }
  if (items !== undefined) return collectSections(items, root, `${path}[]`);
  return collectSections(field, root, path);
}

function typeOf(field: Schema, root: Schema): string {
  if (field.const !== undefined) return `\`${String(field.const)}\``;
  if (field.enum !== undefined) return field.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (field.type === 'array') {
    const items = field.items === undefined ? undefined : resolveRef(field.items, root);
    return `list of ${items?.type === 'string' ? 'strings' : 'objects'}`;
  }
  if (field.type === 'object' && field.properties === undefined) return 'map';
  return [field.type].flat().join(' or ');
}

function defaultOf(field: Schema): string {
  const isEmptyObject = field.properties !== undefined;
  return field.default === undefined || isEmptyObject ? '' : `\`${JSON.stringify(field.default)}\``;
}

/** `|` would end the cell. */
function describe(field: Schema): string {
  const [example] = field.examples ?? [];
  const shown = example === undefined ? '' : ` Example: \`${JSON.stringify(example)}\``;
  return `${field.description ?? ''}${shown}`.replaceAll('|', '\\|');
}
