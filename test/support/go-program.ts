import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * Builds the Go program in a directory beside this file, of the standard library alone, and answers the path of the binary. It is
 * kept in the lab's cache, where go build finds that nothing changed.
 */
export function buildGoProgram(name: string): string {
  const cache = process.env.KUBIC_LAB_CACHE ?? join(homedir(), '.cache/kubic-init');
  const binary = join(cache, 'go', name);
  execFileSync('go', ['build', '-trimpath', '-o', binary, '.'], {
    cwd: join(import.meta.dirname, name),
    env: {
      ...process.env,
      PATH: [process.env.PATH, '/usr/local/go/bin'].join(delimiter),
      CGO_ENABLED: '0',
      GOTOOLCHAIN: 'local',
      GOPROXY: 'off',
    },
  });
  return binary;
}
