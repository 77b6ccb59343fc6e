import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Import {
  /** `plan/rules/rule.ts`, below src/. */
  readonly file: string;
  /** The same of a module of ours, without its extension: `json/record`; else the name of the package. */
  readonly target: string;
  readonly ours: boolean;
  /** As they stand: `{ readFile, type Stats }`. */
  readonly names: string;
  /** Erased when the program runs. */
  readonly typeOnly: boolean;
}

const SRC = join(import.meta.dirname, '../../src');
const IMPORT = /^(?:import|export) (type )?([^;]*?)from '([^']+)'|^import '([^']+)'|import\('([^']+)'\)/gm;

/** Every TypeScript file of src/ that people write, below it. */
export function sourceFiles(): readonly { readonly file: string; readonly text: string }[] {
  const files = globSync('**/*.ts', { cwd: SRC }).toSorted((a, b) => (a < b ? -1 : 1));
  return files.map((file) => ({ file, text: readFileSync(join(SRC, file), 'utf8') }));
}

/** All imports of a file, those of types and the dynamic ones among them. */
export function importsOf({ file, text }: { readonly file: string; readonly text: string }): readonly Import[] {
  return [...text.matchAll(IMPORT)].map(([, type, names = '', from, bare, dynamic]) => {
    const specifier = from ?? bare ?? dynamic ?? '';
    const ours = specifier.startsWith('.');
    const target = ours ? join(dirname(file), specifier).replace(/\.ts$/, '') : specifier;
    const items = names.match(/\{([^}]*)\}/)?.[1]?.split(',') ?? [];
    const allTypes = items.length > 0 && items.every((item) => item.trim() === '' || item.trim().startsWith('type '));
    return { file, target, ours, names, typeOnly: type !== undefined || (allTypes && !/^\s*\w/.test(names)) };
  });
}

/** `plan` of `plan/rules/rule.ts`; empty for src/main.ts. */
export function roomOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}
