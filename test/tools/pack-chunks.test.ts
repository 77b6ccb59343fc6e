import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chunk, packChunks } from './pack-chunks.ts';

const HEAD = "#!/usr/bin/env node\nconst bundleUrl = 'file:///program';";
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'kubic-pack-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

function run(chunks: readonly Chunk[]): { readonly stdout: string; readonly stderr: string; readonly file: string } {
  const file = join(directory, 'program');
  writeFileSync(file, packChunks(HEAD, './main.js', chunks));
  writeFileSync(join(directory, 'package.json'), '{ "type": "commonjs" }');
  return { ...spawnSync(process.execPath, [file], { encoding: 'utf8' }), file };
}

describe('a packed program', () => {
  it('compiles a part only when it is required, and only once', () => {
    const { stdout } = run([
      { name: './main.js', text: "console.log(require('./a.js').n, require('./a.js').n, require('path').sep)" },
      { name: './a.js', text: "console.log('a runs'); exports.n = 1" },
      { name: './broken.js', text: 'this is not JavaScript' },
    ]);
    expect(stdout).toBe('a runs\n1 1 /\n');
  });

  it('keeps what would end the comment it stands in', () => {
    const text = "console.log('*/*', /\\*/.test('*'), `*/`, 2 */1/.exec('1')[0])";
    expect(run([{ name: './main.js', text }]).stdout).toBe('*/* true */ 2\n');
  });

  it('refuses a part with the mark that stands for that', () => {
    expect(() => packChunks(HEAD, './main.js', [{ name: './main.js', text: "'*~/'" }])).toThrow('./main.js');
  });

  it('keeps characters beyond ASCII', () => {
    const text = "console.log('é€', /[\u{d7ff}-\u{ffff}]/.test('\\uffff'), /\u{1f600}/u.test('\u{1f600}'))";
    expect(run([{ name: './main.js', text }]).stdout).toBe('é€ true true\n');
  });

  it('says in a stack trace where in the file it is', () => {
    const { stderr, file } = run([
      { name: './main.js', text: "require('./a.js')" },
      { name: './a.js', text: "\n\n  throw new Error('here')" },
    ]);
    expect(stderr).toContain(`${file}:${lineOf(file, 'throw new Error')}:9`);
  });
});

function lineOf(file: string, text: string): number {
  const lines = spawnSync('grep', ['-n', text, file], { encoding: 'utf8' }).stdout;
  return Number(lines.split(':')[0]);
}
