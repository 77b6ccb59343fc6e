import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findCircles, isBehindTheDoor, isImpure, isOfTheLaptop, isUpward, opensTheWorld } from './breaches.ts';
import { MAX_FILES_IN_A_FOLDER, MAX_LINES_IN_A_FILE, PURE_MAY_IMPORT, ROOMS } from './law.ts';
import { type Import, importsOf, roomOf, sourceFiles } from './read-imports.ts';

const files = sourceFiles();
const imports = files.flatMap(importsOf);
const names = ROOMS.map(({ name }) => name);
const show = ({ file, target }: Import): string => `${file} imports ${target}`;

describe('the law of the layers', () => {
  test('sees every import: as many as there are statements', () => {
    const statements = files.flatMap(({ text }) => text.match(/^import\b|^export .* from '|\bimport\('/gm) ?? []);
    expect(imports.length).toBe(statements.length);
    expect(imports.length).toBeGreaterThan(500);
  });

  test('knows every room', () => {
    expect(new Set(files.map(({ file }) => roomOf(file)).filter((room) => room !== ''))).toEqual(new Set(names));
  });

  test('lets a room import only from itself and from rooms before it, types included', () => {
    expect(imports.filter(isUpward).map(show)).toEqual([]);
  });

  test('keeps the pure rooms from the world, by what they may import', () => {
    expect(imports.filter(isImpure).map(show)).toEqual([]);
    const ours = PURE_MAY_IMPORT.filter((target) => names.includes(roomOf(target)));
    expect(imports.filter(({ file }) => ours.includes(file.replace(/\.ts$/, ''))).map(show)).toEqual([]);
  });

  test('lets sockets, files and processes be opened only in a few places', () => {
    expect(imports.filter(opensTheWorld).map(show)).toEqual([]);
  });

  test('keeps what a stranger can reach small and known', () => {
    expect(imports.filter(isBehindTheDoor).map(show)).toEqual([]);
  });

  test("keeps people's kubeconfigs, which may run programs, from the agent", () => {
    expect(imports.filter(isOfTheLaptop).map(show)).toEqual([]);
  });

  test('has no circle among folders', () => {
    expect(findCircles(imports)).toEqual([]);
  });

  test(`has at most ${MAX_FILES_IN_A_FOLDER} files in a folder`, () => {
    const folders = Map.groupBy(files, ({ file }) => dirname(file));
    const crowded = [...folders].filter(([, inside]) => inside.length > MAX_FILES_IN_A_FOLDER);
    expect(crowded.map(([folder, inside]) => `${folder}: ${inside.length}`)).toEqual([]);
  });

  test(`has at most ${MAX_LINES_IN_A_FILE} lines in a file, and most are under 60`, () => {
    const written = files.filter(({ file }) => !file.endsWith('.generated.ts'));
    const lengths = written.map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }));
    expect(lengths.filter(({ lines }) => lines > MAX_LINES_IN_A_FILE)).toEqual([]);
    const sorted = lengths.map(({ lines }) => lines).toSorted((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(60);
  });
});

describe('a breach of the law is seen', () => {
  const breach = (file: string, statement: string): Import => importsOf({ file, text: `${statement}\n` })[0] as Import;

  test.each([
    [isUpward, 'plan/x.ts', "import type { Exec } from '../observe/observe.ts';"],
    [isUpward, 'state/x.ts', "import {\n  type A,\n  type B,\n} from '../plan/plan.ts';"],
    [isUpward, 'kube/x.ts', "const x = await import('../cli/program.ts');"],
    [isImpure, 'plan/rules/x.ts', "import { pathExists } from '../../platform/files.ts';"],
    [isImpure, 'definition/x.ts', "import type { Stats } from 'node:fs';"],
    [isImpure, 'text/x.ts', "import { connect, isIP } from 'node:net';"],
    [opensTheWorld, 'execute/x.ts', "import { rm } from 'node:fs/promises';"],
    [opensTheWorld, 'agent/x.ts', "import { type Server, createServer } from 'node:https';"],
    [opensTheWorld, 'report/x.ts', "const x = await import('@kubernetes/client-node');"],
    [
      isOfTheLaptop,
      'agent/create-context.ts',
      "import { openUserConnection } from '../kube/user/open-user-connection.ts';",
    ],
    [isBehindTheDoor, 'admission/door/x.ts', "import type { Settings } from '../../settings/settings.ts';"],
  ] as const)('%o: %s: %s', (isBreach, file, statement) => {
    expect(isBreach(breach(file, statement))).toBe(true);
  });

  test.each([
    [isUpward, 'plan/x.ts', "import { at } from '../json/at.ts';"],
    [isImpure, 'text/x.ts', "import { isIP, isIPv4 } from 'node:net';"],
    [opensTheWorld, 'agent/x.ts', "import type { Server } from 'node:https';"],
    [opensTheWorld, 'platform/x.ts', "import { rm } from 'node:fs/promises';"],
  ] as const)('and what is none is let go: %o: %s: %s', (isBreach, file, statement) => {
    expect(isBreach(breach(file, statement))).toBe(false);
  });

  test('two folders that import each other', () => {
    const there = breach('agent/a/x.ts', "import { y } from '../b/y.ts';");
    const back = breach('agent/b/y.ts', "import { x } from '../a/x.ts';");
    expect(findCircles([there, back])).toEqual(['agent/a and agent/b']);
    expect(findCircles([there])).toEqual([]);
  });
});
