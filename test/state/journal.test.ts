import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { interruptedBy } from '../../src/observe/machine/observe-membership.ts';
import { compactJournal, loadJournal, openJournal } from '../../src/state/journal.ts';

let directory: string;
let path: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'journal-'));
  path = join(directory, 'state', 'journal.jsonl');
});
afterEach(() => rm(directory, { recursive: true }));

describe('the journal', () => {
  it('gives back what was recorded, oldest first', async () => {
    const journal = openJournal(path, 'c1');
    await journal.record({ kind: 'kubeadm.init' }, 'started');
    await journal.record({ kind: 'kubeadm.init' }, 'failed', 'kubeadm.init-failed');
    expect(await loadJournal(path)).toMatchObject([
      { commit: 'c1', kind: 'kubeadm.init', event: 'started' },
      { commit: 'c1', kind: 'kubeadm.init', event: 'failed', error: 'kubeadm.init-failed' },
    ]);
  });

  it('is empty where there is none', async () => {
    expect(await loadJournal(path)).toEqual([]);
  });

  it('loses only the record a crash cut short, not the one after it', async () => {
    const journal = openJournal(path, 'c1');
    await journal.record({ kind: 'kubeadm.init' }, 'started');
    await appendFile(path, '{"at":"2026-01-01T00:00:00Z","commit":"c1","kind":"kubea');
    await journal.record({ kind: 'kubeadm.init' }, 'done');
    expect((await loadJournal(path)).map((record) => record.event)).toEqual(['started', 'done']);
  });

  it('says agent.state-unwritable when it cannot be written', async () => {
    await expect(openJournal('/dev/full', 'c1').record({ kind: 'kubeadm.init' }, 'started')).rejects.toMatchObject({
      code: 'agent.state-unwritable',
    });
  });

  it('keeps what came last of several kinds last', async () => {
    const write = (kind: string, event: string, times = 1) =>
      appendFile(path, `${JSON.stringify({ at: '', commit: '', kind, event })}\n`.repeat(times));
    await openJournal(path, 'c1').record({ kind: 'kubeadm.join' }, 'failed');
    await write('kubeadm.clean', 'done');
    await write('kubeadm.join', 'started');
    await write('node.enrol', 'done', 2_000);
    await compactJournal(path);
    expect(interruptedBy(await loadJournal(path))).toBe('join');
  });

  it('stays short, and keeps the last record of every kind', async () => {
    const record = (kind: string) => `${JSON.stringify({ at: '', commit: '', kind, event: 'done' })}\n`;
    await openJournal(path, 'c1').record({ kind: 'kubeadm.init' }, 'started');
    await appendFile(path, record('addon.apply').repeat(2_000));
    await compactJournal(path);
    const records = await loadJournal(path);
    expect(records.length).toBeLessThan(1_000);
    expect(records[0]).toMatchObject({ kind: 'kubeadm.init', event: 'started' });
    expect((await readFile(path, 'utf8')).length).toBeLessThan(60_000);
  });
});

describe('interruptedBy', () => {
  const at = { at: '', commit: '' };
  it.each([
    ['nothing', [], undefined],
    ['a begun init', [{ ...at, kind: 'kubeadm.init', event: 'started' }], 'init'],
    [
      'a failed join',
      [
        { ...at, kind: 'kubeadm.join', event: 'started' },
        { ...at, kind: 'kubeadm.join', event: 'failed' },
      ],
      'join',
    ],
    // its record of membership is written before: where that is missing it was lost
    [
      'an init that was done',
      [
        { ...at, kind: 'kubeadm.init', event: 'started' },
        { ...at, kind: 'kubeadm.init', event: 'done' },
      ],
      undefined,
    ],
    [
      'an init cleaned since',
      [
        { ...at, kind: 'kubeadm.init', event: 'started' },
        { ...at, kind: 'kubeadm.clean', event: 'done' },
      ],
      undefined,
    ],
    [
      'an init whose cleaning was begun only',
      [
        { ...at, kind: 'kubeadm.init', event: 'started' },
        { ...at, kind: 'kubeadm.clean', event: 'started' },
      ],
      'init',
    ],
  ] as const)('after %s', (_, records, expected) => {
    expect(interruptedBy(records)).toBe(expected);
  });
});
