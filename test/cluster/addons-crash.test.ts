import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { applysetId, inventoryRef, PART_OF_LABEL } from '../../src/addons/applyset.ts';
import { decodeInventory } from '../../src/addons/inventory.ts';
import { startApiServer } from '../support/api-server.ts';
import { addonOf, beginTest, configMap, type TestNamespace } from './addons-harness.ts';

let t: TestNamespace;

describe('a sync that is killed', () => {
  beforeEach(async () => {
    t = await beginTest(inject('kubeconfig'));
  });

  afterEach(() => t.end());

  // inventory, apply new and changed, prune, inventory: six writes
  test.for(
    [1, 2, 3, 4, 5, 6].flatMap((dieAt) => [
      { dieAt, sent: false },
      { dieAt, sent: true },
    ]),
  )('at write $dieAt (sent: $sent) leaves nothing off the record, and the next one ends the work', async (how) => {
    const name = `${t.ns}-web`;
    const before = addonOf(name, ['kept', 'changed', 'leaves-1', 'leaves-2'].map((cm) => configMap(t.ns, cm)).join(''));
    const manifests = [configMap(t.ns, 'kept'), configMap(t.ns, 'changed', { a: '2' }), configMap(t.ns, 'new')];
    const after = addonOf(name, manifests.join(''));
    await t.harness.sync([before]);

    await killedSync({ kubeconfig: inject('kubeconfig'), prefix: `${t.ns}-`, addons: [after], ...how });

    const labelled = await labelledObjects(name);
    const secret = await t.harness.client.get(inventoryRef(name));
    const recorded = secret ? decodeInventory(secret).entries.map((entry) => entry.name) : [];
    expect(recorded).toEqual(expect.arrayContaining(labelled));

    expect((await t.harness.sync([after])).errors).toEqual([]);
    expect(new Set(await labelledObjects(name))).toEqual(new Set(['changed', 'kept', 'new']));
    expect((await t.get('ConfigMap', 'changed'))?.data).toEqual({ a: '2' });
    expect((await t.harness.plan([after])).actions).toEqual([]);
  });
});

test('an API server that goes away in the middle is named, and the next sync goes on when it is back', async () => {
  await using server = await startApiServer({ controllers: false });
  const own = await beginTest(server.kubeconfig);
  const many = addonOf(`${own.ns}-many`, Array.from({ length: 1500 }, (_, i) => configMap(own.ns, `c${i}`)).join(''));
  const [action] = (await own.harness.plan([many])).actions;
  if (!action) throw new Error('nothing planned');
  const applying = own.harness.execute(action, [many]).catch((error: unknown) => error);
  await server.down();
  expect(await applying).toMatchObject({ code: 'kube.unreachable', retry: 'soon' });
  await expect(own.harness.plan([many])).rejects.toMatchObject({ code: 'kube.unreachable' });
  await server.up();
  expect((await own.harness.sync([many])).errors).toEqual([]);
  expect((await own.harness.plan([many])).actions).toEqual([]);
  own.harness.client.close();
});

async function labelledObjects(addon: string): Promise<string[]> {
  const labelSelector = `${PART_OF_LABEL}=${applysetId(addon)}`;
  const objects = await t.harness.client.list('v1', 'ConfigMap', { labelSelector });
  return objects.map((object) => object.metadata.name);
}

async function killedSync(options: unknown): Promise<void> {
  const program = fileURLToPath(new URL('addons-crash-child.ts', import.meta.url));
  // what it leaves when it is killed goes with this
  const TMPDIR = await mkdtemp(join(tmpdir(), 'addons-crash-'));
  const env = { ...process.env, TMPDIR };
  const child = spawn(process.execPath, [program, JSON.stringify(options)], { stdio: 'inherit', env });
  await once(child, 'exit');
  await rm(TMPDIR, { recursive: true });
}
