import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateReference } from './generate-reference.ts';
import { generateSettingsReference } from './generate-settings-reference.ts';
import { generateTypes } from './generate-types.ts';
import { generateValidator } from './generate-validator.ts';
import type { Schema } from './schema.ts';

/** Writes everything that follows from schemas/: types and validators in src/generated, pages in docs/reference. Same input, same bytes. */
const root = join(import.meta.dirname, '../..');
const kinds = ['cluster', 'node-list', 'addon', 'kubic-init-configuration', 'status', 'plan'] as const;

await mkdir(join(root, 'docs/reference'), { recursive: true });
const loadSchema = async (kind: string): Promise<Schema> =>
  JSON.parse(await readFile(join(root, `schemas/${kind}.schema.json`), 'utf8')) as Schema;
for (const kind of kinds) {
  const schema = await loadSchema(kind);
  await writeFile(join(root, `src/generated/${kind}.generated.ts`), await generateTypes(schema));
  await writeFile(join(root, `docs/reference/${kind}.md`), generateReference(schema, kind));
}
for (const kind of ['cluster', 'node-list', 'addon', 'kubic-init-configuration']) {
  await writeFile(join(root, `src/generated/validate-${kind}.generated.ts`), generateValidator(await loadSchema(kind)));
}
await writeFile(join(root, 'docs/reference/settings.md'), generateSettingsReference());
