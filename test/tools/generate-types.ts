import { compile } from 'json-schema-to-typescript';
import type { Schema } from './schema.ts';

const banner = `/**
 * Generated from schemas/ by \`npm run generate\`: change the schema, not this file.
 */`;

/** TypeScript types of a schema: everything readonly, only the root type exported. */
export async function generateTypes(schema: Schema): Promise<string> {
  const title = schema.title ?? 'Untitled';
  const source = await compile(structuredClone(schema) as Parameters<typeof compile>[0], title, {
    additionalProperties: false,
    bannerComment: banner,
    ignoreMinAndMaxItems: true,
    unknownAny: true,
    style: { singleQuote: true, printWidth: 120 },
  });
  return source
    .replace(/^( +)(\w+\??: )/gm, '$1readonly $2')
    .replace(/^( +)(\[k: string\])/gm, '$1readonly $2')
    .replace(/(: |\| )(\w+)\[\]/g, '$1readonly $2[]')
    .replace(/^export (interface|type) (\w+)/gm, (text, keyword: string, name: string) =>
      name === title ? text : `${keyword} ${name}`,
    );
}
