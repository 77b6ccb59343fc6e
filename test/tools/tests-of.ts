import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/** The unit tests that may notice a change of a source file. */
export interface TestsOf {
  /** Those of its own folder, or of its room; where there are none, all. */
  readonly near: readonly string[];
  /** All others, for what the near ones do not notice. */
  readonly far: readonly string[];
  /** Suites on a real API server, of its room by their names, or that import it themselves. */
  readonly cluster: readonly string[];
}

/** Rooms of tests that are quick and look at what a function answers; the others start programs, servers or hosts. */
const QUICK =
  /^test\/(addons|admission|definition|examples|execute|observe\/addons|plan|property|report|sync)\/|^test\/golden\/plan/;

/** Tests that take seconds. */
const LONG = /linear-work|kubectl|enrolment-abuse|serving-certificate/;

/** A statement at run time: an import of types alone changes nothing. */
const IMPORT = /^(?:import|export)\b(?! type\b)[^;]*?from '(\.[^']+\.ts)'|import\('(\.[^']+\.ts)'\)/gm;

/** Finds the tests of a source file, by what imports it directly or by others. */
export function findTestsOf(files: readonly string[]): (source: string) => TestsOf {
  const imports = files.map((file) => {
    const found = [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, from, dynamic]) => from ?? dynamic ?? '');
    return [file, found.map((path) => relative('.', resolve(dirname(file), path)))] as const;
  });
  return (source) => {
    const reaching = new Set([source]);
    for (let before = 0; before !== reaching.size; ) {
      before = reaching.size;
      for (const [file, imported] of imports) if (imported.some((each) => reaching.has(each))) reaching.add(file);
    }
    const room = source.split('/', 2).join('/');
    const cluster = [...reaching].filter((each) => each.startsWith(`test/cluster/${room.replace('src/', '')}`));
    const direct = imports.filter(
      ([file, imported]) => /^test\/cluster\/.*\.test\.ts$/.test(file) && imported.includes(source),
    );
    const suites = [...new Set([...cluster, ...direct.map(([file]) => file)])].filter((each) =>
      each.endsWith('.test.ts'),
    );
    const tests = [...reaching].filter((each) => each.endsWith('.test.ts') && QUICK.test(each));
    const below = (folder: string): string[] =>
      tests.filter((each) => each.startsWith(`${folder.replace('src/', 'test/')}/`) && !LONG.test(each));
    const near = [below(dirname(source)), below(room).filter((each) => !each.includes('read-manifests'))].find(
      ({ length }) => length > 0,
    );
    const far = tests.filter((each) => !near?.includes(each));
    return { ...(near ? { near, far } : { near: tests, far: [] }), cluster: suites };
  };
}
