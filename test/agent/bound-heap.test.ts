import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '../support/command.ts';

const MIB = 1024 * 1024;

async function youngBytes(how: string): Promise<number> {
  const program = join(import.meta.dirname, 'bound-heap-program.ts');
  return Number((await runCommand([process.execPath, program, how])).stdout);
}

test('a burst of objects leaves the space for young ones as small as it began, which V8 alone would let grow', async () => {
  expect(await youngBytes('bounded')).toBeLessThanOrEqual(4 * MIB);
  expect(await youngBytes('left alone')).toBeGreaterThan(16 * MIB);
});
