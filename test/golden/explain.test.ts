import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command.ts';

function kubicInit(...args: readonly string[]) {
  return runCommand([process.execPath, join(import.meta.dirname, '../../src/main.ts'), ...args], { check: false });
}

describe('explain', () => {
  it('prints an entry of the catalogue', async () => {
    const { stdout, stderr, exitCode } = await kubicInit('explain', 'source.unreachable');
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    await expect(stdout).toMatchFileSnapshot('explain/source.unreachable.txt');
  });

  it('is wrong usage with a code that does not exist', async () => {
    const { stdout, stderr, exitCode } = await kubicInit('explain', 'source.nonsense');
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 64 });
    await expect(stderr).toMatchFileSnapshot('explain/unknown.txt');
  });
});

describe('a typing error', () => {
  it.each([
    ['in a command', ['statsu']],
    ['in a flag', ['status', '--onelin']],
    ['in a value', ['status', '-o', 'xml']],
    ['that leaves out an argument', ['new']],
  ])('%s is wrong usage, and says what was meant', async (name, args) => {
    const { stdout, stderr, exitCode } = await kubicInit(...args);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 64 });
    await expect(stderr).toMatchFileSnapshot(`usage/${name.replaceAll(' ', '-')}.txt`);
  });
});
