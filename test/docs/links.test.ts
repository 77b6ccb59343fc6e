import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeSpans, type Document, loadDocuments, root } from './documents.ts';

/** Files that CONTRIBUTING's recipes make up. */
const INVENTED = ['src/plan/rules/cluster/cordon.ts', 'src/execute/handlers/node-cordon.ts'];

function brokenLinks(document: Document): readonly string[] {
  return [...document.prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^https?:/.test(target) && !resolves(document, target));
}

function resolves(document: Document, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? document.path : join(dirname(document.path), path);
  if (!existsSync(join(root, file))) return false;
  return anchor === undefined || anchors(readFileSync(join(root, file), 'utf8')).includes(anchor);
}

/** As Git hosts make them of headings. */
function anchors(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('the documents', () => {
  it.each(loadDocuments().map((document) => [document.path, document] as const))(
    '%s: links lead somewhere, and files it names exist',
    (_path, document) => {
      expect(brokenLinks(document)).toEqual([]);
      const named = codeSpans(document).filter((span) =>
        /^(src|test|docs|init|schemas|examples)\/[\w./-]*\w(\/|\.\w+)$/.test(span),
      );
      expect(named.filter((path) => !INVENTED.includes(path) && !existsSync(join(root, path)))).toEqual([]);
    },
  );

  it('name only targets that the Makefile has', () => {
    const makefile = readFileSync(join(root, 'Makefile'), 'utf8');
    const targets = [...makefile.matchAll(/^([a-z0-9-]+):/gm)].map(([, target]) => target);
    const named = loadDocuments().flatMap((document) => [
      ...codeSpans(document),
      ...document.blocks.filter(({ language }) => language === 'sh').flatMap(({ code }) => code.split('\n')),
    ]);
    const unknown = named
      .map((line) => /^make ([a-z0-9-]+)/.exec(line)?.[1])
      .filter((target) => target !== undefined && !targets.includes(target));
    expect(unknown).toEqual([]);
  });

  it('link every decision from somewhere', () => {
    const all = loadDocuments();
    const decisions = readdirSync(join(root, 'docs/adr'));
    expect(decisions.filter((name) => !/^\d{4}-[a-z0-9-]+\.md$/.test(name))).toEqual([]);
    expect(all.find(({ path }) => path === 'README.md')?.text).toContain('](docs/adr/)');
  });
});
