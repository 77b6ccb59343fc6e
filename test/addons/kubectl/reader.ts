import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SOURCE = fileURLToPath(new URL('../../kubectl-reader', import.meta.url));
const CACHE = process.env.KUBIC_LAB_CACHE ?? join(homedir(), '.cache/kubic-init');

/** What kubectl understands of each file: the JSON of its documents, or undefined where it refuses the file. */
export async function readAsKubectl(
  files: readonly (string | Uint8Array)[],
): Promise<readonly (readonly string[] | undefined)[]> {
  const program = spawn(await build(), { stdio: ['pipe', 'pipe', 'inherit'] });
  program.stdin.end(files.map((file) => `${Buffer.from(file).toString('base64')}\n`).join(''));
  const lines = (await text(program.stdout)).trimEnd().split('\n');
  if (lines.length !== files.length) throw new Error(`kubectl's reader answered ${lines.length} of ${files.length}`);
  return lines.map(
    (line) => (JSON.parse(line) as { readonly documents: readonly string[] | null }).documents ?? undefined,
  );
}

/** Builds the reader once for each state of its sources; later runs find it. */
async function build(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum', 'main.go']) hash.update(await readFile(join(SOURCE, file)));
  const program = join(CACHE, `kubectl-reader-${hash.digest('hex').slice(0, 16)}`);
  if (
    await readFile(program).then(
      () => true,
      () => false,
    )
  )
    return program;
  await mkdir(dirname(program), { recursive: true });
  const fresh = `${program}.${process.pid}`;
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/local/go/bin`, CGO_ENABLED: '0' };
  await promisify(execFile)('go', ['build', '-o', fresh, '.'], { cwd: SOURCE, env });
  await rename(fresh, program);
  return program;
}
