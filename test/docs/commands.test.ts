import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { EXIT, findEntry } from '../../src/errors/catalogue.ts';
import { fullName, generateCliReference, visibleCommands } from '../tools/generate-cli-reference.ts';
import { loadDocument, loadDocuments, root, shownCommands } from './documents.ts';

const program = await createProgram('');
const commands = visibleCommands(program);
const readme = loadDocument('README.md');

/** What is wrong with a command that a document shows; undefined where it could be typed like that. */
function findFault(words: readonly string[]): string | undefined {
  let command: Command = program;
  for (const [index, word] of words.entries()) {
    if (word === '--help' || word === '--version') continue;
    if (word.startsWith('-')) {
      const flag = word.split('=')[0];
      if (!command.options.some((option) => option.short === flag || option.long === flag)) return `no flag ${flag}`;
      continue;
    }
    const sub: Command | undefined = command.commands.find((candidate) => candidate.name() === word);
    if (sub) command = sub;
    else if (command.commands.length > 0 && !isPlaceholder(word) && !words[index - 1]?.startsWith('-'))
      return `no command ${word}`;
  }
  return undefined;
}

/** `kubic-init COMMAND --help`, `kubic-init …` */
function isPlaceholder(word: string): boolean {
  return /^([A-Z]+|…)$/.test(word);
}

describe('the documents', () => {
  it.each(loadDocuments().map((document) => [document.path, document] as const))(
    '%s shows only commands and flags that exist',
    (_path, document) => {
      const faults = shownCommands(document).flatMap((words) => {
        const fault = findFault(words);
        return fault === undefined ? [] : [`kubic-init ${words.join(' ')}: ${fault}`];
      });
      expect(faults).toEqual([]);
    },
  );

  it('describe every command and every flag as --help does', () => {
    const written = readFileSync(join(root, 'docs/reference/cli.md'), 'utf8');
    expect(written).toBe(generateCliReference(program)); // else: npm run generate
    for (const command of commands) {
      for (const option of command.options) expect(written).toContain(option.flags);
    }
  });

  it('list every command in the README', () => {
    const topLevel = commands.filter((command) => command.parent === program);
    for (const command of topLevel) expect(readme.text).toContain(`\n| \`${fullName(command)}\` `);
  });

  it('list every exit code in the README', () => {
    const listed = [...readme.text.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
    expect(listed).toEqual(Object.values(EXIT).toSorted((a, b) => a - b));
  });
});

describe('commands', () => {
  it.each(commands.map((command) => [fullName(command), command] as const))(
    '%s says what it does, and what each flag does',
    (_name, command) => {
      expect(command.description()).not.toBe('');
      expect(command.options.filter((option) => option.description === '').map((option) => option.flags)).toEqual([]);
    },
  );

  it('are those that error messages tell people to run', async () => {
    const { catalogue } = await import('../../src/errors/catalogue.ts');
    const told = Object.keys(catalogue).flatMap((code) => {
      const entry = findEntry(code);
      return [...`${entry?.cause} ${entry?.remedy}`.matchAll(/`kubic-init ([^`]+)`/g)].map(([, words = '']) =>
        words.split(' '),
      );
    });
    expect(told.length).toBeGreaterThan(5);
    expect(told.flatMap((words) => findFault(words) ?? [])).toEqual([]);
  });
});
