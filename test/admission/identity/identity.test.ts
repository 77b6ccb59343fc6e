import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { announceFingerprint } from '../../../src/admission/identity/announce-fingerprint.ts';
import { loadIdentity, loadOrCreateIdentity } from '../../../src/admission/identity/identity.ts';
import { fingerprintHex, isFingerprint, parseFingerprint } from '../../../src/pki/fingerprint.ts';
import { statePath } from '../../../src/state/paths.ts';
import { temporaryDirectory } from '../temporary-directory.ts';

test('the first call makes a private key that only its owner may read, and later ones find the same', async () => {
  const dir = join(await temporaryDirectory(), 'state');
  const first = await loadOrCreateIdentity(dir);
  const second = await loadOrCreateIdentity(dir);
  expect(second.fingerprint).toBe(first.fingerprint);
  expect((await stat(statePath(dir, 'identity'))).mode & 0o777).toBe(0o600);
  expect(await readdir(dir)).toEqual(['identity.key']);
});

test('where there is a key nothing is made or written any more', async () => {
  const dir = await temporaryDirectory();
  await loadOrCreateIdentity(dir);
  // a directory's time of change is new with each name that comes into it or leaves it
  const before = await stat(dir, { bigint: true });
  await loadOrCreateIdentity(dir);
  const after = await stat(dir, { bigint: true });
  expect(after.ctimeNs).toBe(before.ctimeNs);
});

test('several first calls at once agree on one key', async () => {
  const dir = await temporaryDirectory();
  const identities = await Promise.all(Array.from({ length: 8 }, () => loadOrCreateIdentity(dir)));
  expect(new Set(identities.map(({ fingerprint }) => fingerprint)).size).toBe(1);
  expect(await readdir(dir)).toEqual(['identity.key']);
});

test('an agent that starts meanwhile and sweeps away what looks left behind does not keep the key from being made', async () => {
  const dir = await temporaryDirectory();
  const making = loadOrCreateIdentity(dir);
  let swept: string[] = [];
  while (swept.length === 0) {
    await setImmediate();
    swept = readdirSync(dir);
  }
  expect(swept).toEqual([expect.stringMatching(/^identity\.key\.[0-9a-f]{8}\.tmp$/)]);
  rmSync(join(dir, swept[0] ?? ''));
  const { fingerprint } = await making;
  expect((await loadIdentity(dir))?.fingerprint).toBe(fingerprint);
  expect(await readdir(dir)).toEqual(['identity.key']);
});

test('the fingerprint is that of the public key as openssl computes it', async () => {
  const dir = await temporaryDirectory();
  const { fingerprint } = await loadOrCreateIdentity(dir);
  const spki = execFileSync('openssl', ['pkey', '-in', statePath(dir, 'identity'), '-pubout', '-outform', 'DER']);
  const digest = execFileSync('openssl', ['dgst', '-sha256', '-binary'], { input: spki });
  expect(fingerprint).toBe(`SHA256:${digest.toString('base64').replace('=', '')}`);
  expect(fingerprintHex(fingerprint)).toBe(digest.toString('hex'));
});

test('a key that others may read is refused and stays as it is', async () => {
  const dir = await temporaryDirectory();
  await loadOrCreateIdentity(dir);
  await chmod(statePath(dir, 'identity'), 0o640);
  const before = await readFile(statePath(dir, 'identity'));
  await expect(loadOrCreateIdentity(dir)).rejects.toMatchObject({ code: 'admission.identity-exposed' });
  expect(await readFile(statePath(dir, 'identity'))).toEqual(before);
});

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
test.each([
  ['empty', ''],
  ['truncated', '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw'],
  ['of another kind', rsa],
  ['huge', 'x'.repeat(100_000)],
])('a key file that is %s is refused and never replaced', async (_what, content) => {
  const dir = await temporaryDirectory();
  await writeFile(statePath(dir, 'identity'), content, { mode: 0o600 });
  const error = await loadOrCreateIdentity(dir).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'admission.identity-invalid' });
  expect(String(error)).not.toContain('MC4CAQ');
  expect(await readFile(statePath(dir, 'identity'), 'utf8')).toBe(content);
});

test('a link or a directory in place of the key is refused', async () => {
  const dir = await temporaryDirectory();
  await loadOrCreateIdentity(join(dir, 'other'));
  await symlink(join(dir, 'other', 'identity.key'), statePath(dir, 'identity'));
  await expect(loadIdentity(dir)).rejects.toMatchObject({ code: 'admission.identity-exposed' });
  await mkdir(statePath(join(dir, 'third'), 'identity'), { recursive: true });
  await expect(loadIdentity(join(dir, 'third'))).rejects.toMatchObject({ code: 'admission.identity-exposed' });
});

test('a machine without a key has no identity until one is made', async () => {
  expect(await loadIdentity(await temporaryDirectory())).toBeUndefined();
});

test('a state directory that cannot be written is an error with its path', async () => {
  await expect(loadOrCreateIdentity('/dev/null/kubic')).rejects.toMatchObject({ code: 'agent.state-unwritable' });
});

test('only the one spelling of 32 bytes is a fingerprint', () => {
  const good = `SHA256:${'A'.repeat(43)}`;
  expect(parseFingerprint(good)).toBe(good);
  for (const bad of [
    '',
    good.slice(7),
    `${good}=`,
    `SHA256:${'A'.repeat(42)}B`,
    `sha256:${'A'.repeat(43)}`,
    `${good}\n`,
  ]) {
    expect(isFingerprint(bad)).toBe(false);
  }
  expect(() => parseFingerprint('MD5:00')).toThrow(expect.objectContaining({ code: 'admission.fingerprint-invalid' }));
});

test('the fingerprint is shown above the login prompt and on the console', async () => {
  const dir = await temporaryDirectory();
  const paths = { issue: join(dir, 'issue.d', 'kubic-init.issue'), console: join(dir, 'console') };
  await writeFile(paths.console, '');
  await announceFingerprint({ fingerprint: 'SHA256:abc' }, paths);
  expect(await readFile(paths.issue, 'utf8')).toBe('kubic-init identity of this machine: SHA256:abc\n');
  expect(await readFile(paths.console, 'utf8')).toContain('SHA256:abc');
});

test('a machine without a console or an issue directory goes on', async () => {
  await announceFingerprint({ fingerprint: 'SHA256:abc' }, { issue: '/dev/null/issue', console: '/dev/null/console' });
});
