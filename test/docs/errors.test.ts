import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalogue, findEntry } from '../../src/errors/catalogue.ts';
import type { CatalogueEntry } from '../../src/errors/catalogue-entry.ts';
import { handlers } from '../../src/execute/handlers/handlers.ts';
import { generateErrorReference } from '../tools/generate-error-reference.ts';
import { codeSpans, loadDocuments, root } from './documents.ts';

const entries = Object.entries<CatalogueEntry>(catalogue);
const areas = new Set(entries.map(([code]) => code.slice(0, code.indexOf('.'))));

/** Whether a text has the form of a code: an area and words. Kinds of actions and names of files look alike. */
function looksLikeCode(text: string): boolean {
  const [area = '', rest = ''] = text.split('.');
  return (
    /^[a-z-]+\.[a-z-]+$/.test(text) &&
    areas.has(area) &&
    !(text in handlers) &&
    !['ts', 'sock', 'env', 'code'].includes(rest)
  );
}

describe('the error catalogue', () => {
  it.each(entries)('%s has a sentence, a cause and a remedy in the style of the others', (code, entry) => {
    expect(code).toMatch(/^[a-z]+\.[a-z]+(-[a-z0-9]+)*$/);
    expect(entry.summary).toMatch(/^[^A-Z].*[^.]$|^[A-Z]{2}/);
    expect(entry.cause).toMatch(/[.:…]$/);
    expect(entry.remedy).toMatch(/^[A-Z].*[.…]$/);
  });

  it('is what the reference page says', () => {
    const written = readFileSync(join(root, 'docs/reference/errors.md'), 'utf8');
    expect(written).toBe(generateErrorReference()); // else: npm run generate
  });

  it('has every code that the documents mention', () => {
    const unknown = loadDocuments().flatMap((document) =>
      codeSpans(document)
        .filter((span) => looksLikeCode(span) && !findEntry(span))
        .map((span) => `${document.path}: ${span}`),
    );
    expect(unknown).toEqual([]);
  });

  it('has every code that the sources name', () => {
    const unknown = sources().flatMap(({ path, text }) =>
      [...text.matchAll(/'([a-z]+\.[a-z-]+)'/g)]
        .map(([, code = '']) => code)
        .filter((code) => looksLikeCode(code) && !findEntry(code))
        .map((code) => `${path}: ${code}`),
    );
    expect(unknown).toEqual([]);
  });

  it('has no code that the sources do not name', () => {
    const used = sources().filter(({ path }) => !path.startsWith('errors/'));
    const unused = entries.map(([code]) => code).filter((code) => !used.some(({ text }) => text.includes(`'${code}'`)));
    expect(unused).toEqual([]);
  });
});

function sources(): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(join(root, 'src', path), 'utf8') }));
}
