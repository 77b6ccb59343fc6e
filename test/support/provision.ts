import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The path of a script in test/lab. */
export function labScript(name: string): string {
  return fileURLToPath(new URL(`../lab/${name}`, import.meta.url));
}

/** Builds what the lab needs, or only the given steps and what they stand on; a moment when it is all there. Shows its progress. */
export async function provision(steps: readonly string[] = []): Promise<void> {
  const build = spawn(labScript('build'), ['--quiet', ...steps], { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = await once(build, 'exit');
  if (code !== 0) throw new Error(`test/lab/build failed with exit code ${code}: its last lines are above`);
}
