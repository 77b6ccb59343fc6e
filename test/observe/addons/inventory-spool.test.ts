import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeInventory, type Inventory } from '../../../src/addons/inventory.ts';
import type { KubeObject } from '../../../src/objects/kube-object.ts';
import {
  findSpooled,
  removeSpooled,
  spoolInventory,
  takeSpooled,
} from '../../../src/observe/addons/inventory-spool.ts';

const INVENTORY: Inventory = {
  addon: 'web',
  dependsOn: [],
  prune: true,
  entries: [{ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'a', live: 'l' }],
};

let stateDir: string;

beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'kubic-spool-'));
});
afterEach(() => rm(stateDir, { recursive: true, force: true }));

/** What the cluster has of it, at a version. */
async function stored(resourceVersion: string): Promise<KubeObject> {
  const secret = await encodeInventory({ ...INVENTORY, entries: [] }, undefined);
  return { ...secret, metadata: { ...secret.metadata, resourceVersion } };
}

const files = () => readdir(join(stateDir, 'addons'));

describe('an inventory that the API server would not take', () => {
  test('is read back while the cluster has none, or the one it follows', async () => {
    await spoolInventory(stateDir, INVENTORY, undefined);
    expect(await takeSpooled(stateDir, 'web', undefined)).toEqual(INVENTORY);
    expect(await findSpooled(stateDir, [])).toEqual([INVENTORY]);
    await spoolInventory(stateDir, INVENTORY, await stored('7'));
    expect(await takeSpooled(stateDir, 'web', await stored('7'))).toEqual(INVENTORY);
    expect(await findSpooled(stateDir, [await stored('7')])).toEqual([INVENTORY]);
  });

  test('wins over nothing newer, and is of one add-on alone', async () => {
    await spoolInventory(stateDir, INVENTORY, await stored('7'));
    expect(await takeSpooled(stateDir, 'other', await stored('7'))).toBeUndefined();
    expect(await findSpooled(stateDir, [await stored('8')])).toEqual([]);
    expect(await files()).toHaveLength(1); // whoever only looks may be late
    expect(await takeSpooled(stateDir, 'web', await stored('8'))).toBeUndefined();
    expect(await files()).toEqual([]);
  });

  test('does not come back where its Secret was deleted since', async () => {
    await spoolInventory(stateDir, INVENTORY, await stored('7'));
    expect(await findSpooled(stateDir, [])).toEqual([]);
    expect(await takeSpooled(stateDir, 'web', undefined)).toBeUndefined();
    // one that followed none, and was written to the cluster by somebody before it could be let go of
    await spoolInventory(stateDir, INVENTORY, undefined);
    expect(await takeSpooled(stateDir, 'web', await stored('8'))).toBeUndefined();
    expect(await takeSpooled(stateDir, 'web', undefined)).toBeUndefined();
    expect(await findSpooled(stateDir, [])).toEqual([]);
  });

  test('is nobody else’s to read, and is gone once the cluster has it', async () => {
    await spoolInventory(stateDir, INVENTORY, undefined);
    const [file] = await files();
    expect((await stat(join(stateDir, 'addons', file ?? ''))).mode & 0o777).toBe(0o600);
    await removeSpooled(stateDir, 'web');
    await removeSpooled(stateDir, 'web');
    expect(await files()).toEqual([]);
    expect(await findSpooled(stateDir, [])).toEqual([]);
  });

  test('counts for nothing where its file is half of one, or says something else', async () => {
    await spoolInventory(stateDir, INVENTORY, undefined);
    const [name] = await files();
    const file = join(stateDir, 'addons', name ?? '');
    const whole = await readFile(file, 'utf8');
    for (const text of [
      '',
      'null',
      '{}',
      '{"secret": 1}',
      '{"secret": {"metadata": {}}}',
      whole.slice(0, whole.length / 2),
    ]) {
      await writeFile(file, text);
      expect(await takeSpooled(stateDir, 'web', undefined)).toBeUndefined();
      expect(await findSpooled(stateDir, [])).toEqual([]);
    }
  });

  test('is none where nothing was ever kept', async () => {
    expect(await findSpooled(stateDir, [])).toEqual([]);
    expect(await takeSpooled(stateDir, 'web', undefined)).toBeUndefined();
  });
});
