import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openIndexCache } from '../../src/sync/reading/index-cache.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubic-index-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** Has this many files, of an add-on each, looked up and kept. */
async function keep(count: number, maxSize?: number): Promise<void> {
  const cache = await openIndexCache(directory, { ...(maxSize !== undefined && { maxSize }) });
  for (let at = 0; at < count; at++) {
    const text = `apiVersion: v1\nkind: Secret\nmetadata: {name: s-${at}}\nstringData: {password: hunter2}\n`;
    cache.lookUp(`addons/a-${at}/s.yaml`, { path: 's.yaml', text, oid: `${at}`.padStart(40, '0') });
  }
  await cache.save();
}

test('no more is kept, of all add-ons together, than may be read beside a repository', async () => {
  await keep(4);
  const [first = ''] = await readdir(directory);
  const { size } = await stat(join(directory, first));
  await keep(4, size * 2 + 10);
  expect(await readdir(directory)).toHaveLength(2);
});

test('a file that is too large to be read is let go of', async () => {
  await writeFile(join(directory, 'large.json'), 'x'.repeat(5_000));
  await keep(1, 4_000);
  expect(await readdir(directory)).toHaveLength(1);
});

test('what a process that was killed left half-written is cleared away', async () => {
  await writeFile(join(directory, 'a.json.0123abcd.tmp'), 'half');
  await keep(1);
  expect((await readdir(directory)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('it holds no value of a Secret, and only its owner reads it: a digest of a weak value can be tried out', async () => {
  await keep(1);
  const [file = ''] = await readdir(directory);
  expect((await stat(join(directory, file))).mode & 0o777).toBe(0o600);
  const text = await readFile(join(directory, file), 'utf8');
  expect(text).toContain('"name":"s-0"');
  for (const secret of ['hunter2', Buffer.from('hunter2').toString('base64')]) expect(text).not.toContain(secret);
});
