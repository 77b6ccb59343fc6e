import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findGuards, recordGuards } from '../../src/state/guards-in-force.ts';

const STRICT = { maxRemovals: '0', protect: ['Namespace/data'] };
const LOOSE = { maxRemovals: '100%', protect: [] };

let stateDir: string;
beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'kubic-guards-'));
});
afterEach(() => rm(stateDir, { recursive: true, force: true }));

async function actOn(commit: string, declared: Parameters<typeof findGuards>[2]) {
  const record = await findGuards(stateDir, commit, declared);
  await recordGuards(stateDir, record);
  return record.inForce;
}

describe('the guards that hold a commit', () => {
  it('are its own where nothing was acted on before', async () => {
    expect(await actOn('a', STRICT)).toEqual(STRICT);
  });

  it('are those of the commit before, however often it is synced', async () => {
    await actOn('a', STRICT);
    expect(await actOn('b', LOOSE)).toEqual(STRICT);
    expect(await actOn('b', LOOSE)).toEqual(STRICT);
    expect(await actOn('c', LOOSE)).toEqual(LOOSE);
  });

  it('protect what the head itself names, too: its commits may have come as one', async () => {
    await actOn('a', { maxRemovals: '0', protect: ['Namespace/a'] });
    const head = { maxRemovals: '0', protect: ['Namespace/b'] };
    const both = { maxRemovals: '0', protect: ['Namespace/a', 'Namespace/b'] };
    expect(await actOn('b', head)).toEqual(both);
    expect(await actOn('b', head)).toEqual(both);
    expect(await actOn('c', head)).toEqual(head);
    const written = { commit: 'c', declared: head, inForce: { maxRemovals: '0', protect: ['Namespace/a'] } };
    await writeFile(join(stateDir, 'guards.json'), JSON.stringify(written)); // by the version before
    expect(await actOn('c', head)).toEqual(both);
  });

  it('know what the head before said is to stay, and are read from a record that does not say', async () => {
    await actOn('a', STRICT);
    const kept = { ...STRICT, kept: ['/ConfigMap/shop/a'] };
    expect(await actOn('b', kept)).toEqual(STRICT);
    expect(await actOn('c', { ...STRICT, kept: [] })).toEqual(kept);
    expect(await actOn('d', STRICT)).toEqual({ ...STRICT, kept: [] });
  });

  it('are known again where a worker has become a control plane, and not lost by what it could not see', async () => {
    const kept = { ...STRICT, kept: ['/ConfigMap/shop/a'] };
    await actOn('a', kept);
    expect(await actOn('b', STRICT)).toEqual(kept); // a worker meanwhile
    expect(await actOn('c', STRICT)).toEqual(kept);
    await rm(join(stateDir, 'guards.json'));
    await actOn('d', STRICT);
    expect(await actOn('d', kept)).toEqual(kept); // it reads them by now, at the same head
    expect(await actOn('e', { ...STRICT, kept: [] })).toEqual(kept);
    expect(await actOn('f', STRICT)).toEqual({ ...STRICT, kept: [] });
  });

  it('are not changed by a plan that is only looked at', async () => {
    await actOn('a', STRICT);
    await findGuards(stateDir, 'b', LOOSE);
    expect(await actOn('b', LOOSE)).toEqual(STRICT);
  });

  it.each([
    '',
    'null',
    '{}',
    '{"commit":"a","declared":{"maxRemovals":"0"},"inForce":null}',
    JSON.stringify({ commit: 'a', declared: STRICT, inForce: { ...STRICT, protect: [null] } }),
    JSON.stringify({ commit: 'a', declared: { ...STRICT, protect: 'Namespace/data' }, inForce: STRICT }),
    JSON.stringify({ commit: 'a', declared: { ...STRICT, kept: [{}] }, inForce: STRICT }),
  ])('are not guessed from a record that reads %j', async (content) => {
    await writeFile(join(stateDir, 'guards.json'), content);
    await expect(actOn('a', LOOSE)).rejects.toMatchObject({ code: 'agent.state-corrupt' });
    expect(await readFile(join(stateDir, 'guards.json'), 'utf8')).toBe(content);
  });

  it('are not guessed where a directory stands in the place of the record', async () => {
    await mkdir(join(stateDir, 'guards.json'));
    await expect(actOn('a', LOOSE)).rejects.toMatchObject({ code: 'agent.state-corrupt' });
  });
});
