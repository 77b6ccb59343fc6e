import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { observeOwnedFiles } from '../../../src/observe/machine/observe-owned-files.ts';
import { openJournal } from '../../../src/state/journal.ts';

let directory: string;
let journalFile: string;
let files: { path: string; content: string }[];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubic-owned-'));
  journalFile = join(directory, 'journal.jsonl');
  files = ['a', 'b'].map((name) => ({ path: join(directory, name), content: `${name}\n` }));
  for (const { path, content } of files) await writeFile(path, content);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const configure = { kind: 'host.configure' } as const;

describe('files we own', () => {
  it('are named where they differ or are absent', async () => {
    await writeFile(join(directory, 'a'), 'changed\n');
    await rm(join(directory, 'b'));
    expect(await observeOwnedFiles(journalFile, files)).toEqual([join(directory, 'a'), join(directory, 'b')]);
  });

  it('are as they should be after a write that ended well', async () => {
    const journal = openJournal(journalFile, 'c');
    await journal.record(configure, 'started');
    await journal.record(configure, 'done');
    expect(await observeOwnedFiles(journalFile, files)).toEqual([]);
  });

  it.each(['started', 'failed'] as const)(
    'are all written again where that was last %s: they may not be in force',
    async (event) => {
      await openJournal(journalFile, 'c').record(configure, event);
      expect(await observeOwnedFiles(journalFile, files)).toEqual(files.map(({ path }) => path));
    },
  );
});
