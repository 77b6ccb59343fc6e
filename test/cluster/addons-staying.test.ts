import fc from 'fast-check';
import { expect, inject, test } from 'vitest';
import { addonOf, beginTest, configMap, type TestNamespace } from './addons-harness.ts';

/** What a head says of an object; `refused` is one the API server does not take. */
type Say = 'absent' | 'plain' | 'kept' | 'ignored' | 'refused';

interface Head {
  readonly says: readonly Say[];
  /** The add-on waits for one that cannot be applied. */
  readonly waits: boolean;
}

const NAMES = ['one', 'two', 'three'];
const ANNOTATIONS: Readonly<Record<Say, string>> = {
  absent: '',
  plain: '',
  kept: ', annotations: {kubic.suse.com/prune: disabled}',
  ignored: ', annotations: {kubic.suse.com/apply: ignore, kubic.suse.com/prune: disabled}',
  refused: ', annotations: {kubic.suse.com/prune: disabled}, labels: {"not a label": x}',
};

const says = fc.array(fc.constantFrom<Say>('absent', 'plain', 'kept', 'ignored', 'refused'), {
  minLength: NAMES.length,
  maxLength: NAMES.length,
});
const heads = fc.array(fc.record({ says, waits: fc.boolean() }), { minLength: 2, maxLength: 5 });

test('an object that any head since its last apply said is to stay is not deleted, and one that none did is', async () => {
  await fc.assert(fc.asyncProperty(heads, check), { numRuns: 25, endOnFailure: true });
}, 300_000);

/** `ours`: the add-on made it, and has it. `stays`: some head since its last apply said so. */
interface Model {
  readonly exists: boolean;
  readonly ours: boolean;
  readonly stays: boolean;
  /** What was applied last: the same again is not applied again. */
  readonly applied?: Say;
}

const NOTHING: Model = { exists: false, ours: false, stays: false };

function afterHead(before: Model, say: Say, { waits }: Head): Model {
  if ((say === 'plain' || say === 'kept') && !waits) {
    const stays = say === 'kept' || (before.applied === say && before.stays);
    return { exists: true, ours: before.ours || !before.exists, stays, applied: say };
  }
  return say === 'absent' || say === 'plain' ? before : { ...before, stays: before.stays || before.ours };
}

async function check(sequence: readonly Head[]): Promise<void> {
  const t = await beginTest(inject('kubeconfig'));
  let models = NAMES.map(() => NOTHING);
  try {
    for (const head of [...sequence, { says: NAMES.map((): Say => 'absent'), waits: false }]) {
      await act(t, head);
      const lives = await Promise.all(NAMES.map((name) => t.get('ConfigMap', name)));
      models = models.map((model, index) => {
        const say = head.says[index] ?? 'absent';
        return say === 'absent' ? afterLeaving(model, head, lives[index] !== undefined) : afterHead(model, say, head);
      });
    }
  } finally {
    await t.end();
  }
}

function afterLeaving(model: Model, head: Head, isThere: boolean): Model {
  if (model.exists && (model.stays || !model.ours)) expect(isThere, 'what is to stay is there').toBe(true);
  // what waits, or has another object that fails, is not pruned either
  if (head.waits || head.says.includes('refused')) return model;
  if (model.ours && !model.stays) expect(isThere, 'what is to go is there').toBe(false);
  return { ...NOTHING, exists: isThere };
}

/** One head, synced twice, as a schedule would. */
async function act({ ns, harness }: TestNamespace, { says: said, waits }: Head): Promise<void> {
  const texts = said.map((say, index) => {
    return say === 'absent' ? '' : configMap(ns, NAMES[index] ?? '', {}, ANNOTATIONS[say]);
  });
  const base = addonOf(`${ns}-base`, configMap('no-such-namespace', 'x'));
  const manifests = texts.join('') + configMap(ns, 'always');
  const web = addonOf(`${ns}-web`, manifests, waits ? { dependsOn: [base.name] } : {});
  await harness.sync([base, web]);
  await harness.sync([base, web]);
}
