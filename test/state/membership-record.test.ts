import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadMembership, recordMembership } from '../../src/state/membership-record.ts';

let stateDir: string;
beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'kubic-membership-'));
});
afterEach(() => rm(stateDir, { recursive: true, force: true }));
const path = () => join(stateDir, 'membership.json');

test('a membership is read as it was recorded, and as it may be written by hand', async () => {
  expect(await loadMembership(stateDir)).toBeUndefined();
  await recordMembership(stateDir, { role: 'worker', nodeName: 'w-1' });
  expect(await loadMembership(stateDir)).toMatchObject({ role: 'worker', nodeName: 'w-1' });
  await writeFile(path(), '{"role": "control-plane", "nodeName": "cp-1"}');
  expect(await loadMembership(stateDir)).toEqual({ role: 'control-plane', nodeName: 'cp-1' });
});

test.each(['', 'null', '[]', '{"role":"worker"}', '{"role":"both","nodeName":"a"}', '{"role":"worker","nodeName":5}'])(
  'a membership is not guessed from a record that reads %j',
  async (content) => {
    await writeFile(path(), content);
    await expect(loadMembership(stateDir)).rejects.toMatchObject({ code: 'agent.state-corrupt' });
  },
);

test('a membership is not guessed where a directory stands in the place of the record', async () => {
  await mkdir(path());
  await expect(loadMembership(stateDir)).rejects.toMatchObject({ code: 'agent.state-corrupt' });
});
