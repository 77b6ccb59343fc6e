import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command.ts';

const program = fileURLToPath(new URL('laptop/kubic-init', import.meta.url));

describe("kubic-init on the demo's laptop", () => {
  it.each([['reset', '--yes'], ['sync', '--once'], ['agent'], ['identity', 'create'], ['plan'], ['status']])(
    'refuses %s, which would be about the real machine',
    async (...args) => {
      const { exitCode, stderr } = await runCommand([program, ...args], { check: false });
      expect(exitCode).toBe(64);
      expect(stderr).toContain(`test/demo/on MACHINE kubic-init ${args[0]}`);
    },
  );
});
