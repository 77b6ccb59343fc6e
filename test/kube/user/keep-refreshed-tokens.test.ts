import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// a disk that lets nobody give a file away: as root, which a test may be, nothing else does
const disk = vi.hoisted(() => ({ refuses: false }));
vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>();
  const open: typeof real.open = async (...options) => {
    const file = await real.open(...options);
    if (disk.refuses) {
      file.chown = () => Promise.reject(Object.assign(new Error('EPERM: operation not permitted'), { code: 'EPERM' }));
    }
    return file;
  };
  return { ...real, open };
});
const { keepRefreshedTokens } = await import('../../../src/kube/user/keep-refreshed-tokens.ts');

let directory: string;
beforeEach(async () => {
  disk.refuses = false;
  directory = await mkdtemp(join(tmpdir(), 'kubic-tokens-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(directory, { recursive: true, force: true });
});

const TOKENS = { 'id-token': 'new', 'refresh-token': 'newer' };
const kubeconfig = (token: string, refreshToken: string) => `users:
  - name: me
    user:
      auth-provider:
        name: oidc
        config:
          id-token: ${token}
          refresh-token: ${refreshToken}
`;

/** A kubeconfig that is written to: what it reads then, its rights, and whether it is the same file. */
async function kept() {
  const path = join(directory, 'config');
  await writeFile(path, `# mine\n${kubeconfig('old', `old${'x'.repeat(500)}`)}`);
  await chmod(path, 0o640);
  const { ino } = await stat(path);
  await keepRefreshedTokens(path, 'me', TOKENS);
  const now = await stat(path);
  return { text: await readFile(path, 'utf8'), mode: now.mode & 0o777, isSame: now.ino === ino };
}
const text = `# mine\n${kubeconfig('new', 'newer')}`;

test('refreshed tokens take the place of the old ones, and the file keeps its rights', async () => {
  expect(await kept()).toEqual({ text, mode: 0o640, isSame: false });
});

test('they are kept where the file cannot keep its group, which the new one shows nothing', async () => {
  disk.refuses = true;
  expect(await kept()).toEqual({ text, mode: 0o600, isSame: false });
});

test('they are kept where the file is another’s, which it stays', async () => {
  disk.refuses = true;
  vi.spyOn(process, 'geteuid').mockReturnValue(4_000_000);
  expect(await kept()).toEqual({ text, mode: 0o640, isSame: true });
});
