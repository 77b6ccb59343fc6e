import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { fullName, helpOf, visibleCommands } from '../tools/generate-cli-reference.ts';

const program = await createProgram('');

describe('--help', () => {
  it.each([program, ...visibleCommands(program)].map((command) => [fullName(command), command] as const))(
    '%s is as it was agreed on',
    async (name, command) => {
      await expect(`${helpOf(command)}\n`).toMatchFileSnapshot(`help/${name.replaceAll(' ', '-')}.txt`);
    },
  );
});
