import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

export interface Document {
  /** Relative to the top of the work tree. */
  readonly path: string;
  readonly text: string;
  /** The same without fenced code blocks. */
  readonly prose: string;
  readonly blocks: readonly { readonly language: string; readonly code: string }[];
}

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** Every Markdown page of the project: those at the top, and all below docs/, examples/ and test/. */
export function loadDocuments(): readonly Document[] {
  const below = ['docs', 'examples', 'test'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  );
  return [...readdirSync(root), ...below]
    .filter((path) => path.endsWith('.md'))
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map(loadDocument);
}

export function loadDocument(path: string): Document {
  const text = readFileSync(join(root, path), 'utf8');
  const blocks = [...text.matchAll(FENCE)].map(([, language = '', code = '']) => ({ language, code }));
  return { path, text, prose: text.replace(FENCE, ''), blocks };
}

/** What stands between backticks in the prose. */
export function codeSpans({ prose }: Document): readonly string[] {
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span);
}

/** Every `kubic-init …` that a document shows, in the prose and in blocks of shell, a list of words each. */
export function shownCommands(document: Document): readonly (readonly string[])[] {
  const shell = document.blocks.filter(({ language }) => language === 'sh').flatMap(({ code }) => code.split('\n'));
  return [...codeSpans(document), ...shell]
    .map((line) =>
      line
        .replace(/\s#.*$/, '')
        .replace(/^test\/demo\/on \S+ /, '')
        .trim(),
    )
    .filter((line) => line.startsWith('kubic-init '))
    .map((line) => line.split(/\s+/).slice(1));
}
