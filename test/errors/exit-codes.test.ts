import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../src/errors/catalogue.ts';

describe('the exit code of an error', () => {
  it.each([
    ['source.unreachable', 75, 'somebody else is away'],
    ['addons.dependency-not-ready', 75, 'somebody else is not ready yet'],
    ['source.unauthorized', 1, 'it is tried again soon, but something has to be mended'],
    ['addons.protected', 1, 'it waits for a commit'],
    ['definition.yaml', 65, 'what was read is not valid'],
    ['settings.no-repository', 65, 'what was read is not valid'],
    ['toString', 1, 'it is no code at all'],
  ])('of %s is %i: %s', (code, exitCode) => {
    expect(exitCodeOf(code)).toBe(exitCode);
  });
});
