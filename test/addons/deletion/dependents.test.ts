import { expect, test } from 'vitest';
import { addInside, type Dependent, type Dependents, findDependents } from '../../../src/addons/deletion/dependents.ts';
import { countWork } from '../../support/count-work.ts';

const owner = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'owner' };
const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'owner' };
const options = { isRecorded: () => false, stays: () => false, protect: [] };

function dependent(uid: string, more: Partial<Dependent> = {}): Dependent {
  return { uid, key: `/Secret/shop/${uid}`, name: `Secret shop/${uid}`, ...facts, ...more };
}
const facts = { isClaim: false, isKept: false, isProtected: false };

function known(edges: Readonly<Record<string, readonly Dependent[]>>, more: Partial<Dependents> = {}): Dependents {
  const nothing = { ownersOf: () => [], claimsIn: () => [], mayHide: () => false, isUnread: () => false };
  return { byOwner: new Map(Object.entries(edges)), ...nothing, isUnknown: false, ...more };
}

test('what goes along is followed through whatever is in between, and through a circle only once', () => {
  const [a, b, c] = [dependent('a'), dependent('b'), dependent('c', { isKept: true })];
  const found = findDependents(
    owner,
    ['o'],
    known({ o: [a], a: [b, c], b: [c, dependent('o'), a], x: [dependent('y')] }),
    options,
  );
  expect(found).toEqual({ ref: owner, names: [], count: 0, stays: { names: ['Secret shop/c'], count: 1 } });
});

test('what was made for its owner alone is not asked about; a claim is, unless it is on record', () => {
  const edges = known({ o: [dependent('a'), dependent('b', { isClaim: true })] });
  expect(findDependents(owner, ['o'], edges, options).count).toBe(1);
  expect(findDependents(owner, ['o'], edges, { ...options, isRecorded: (key) => key === '/Secret/shop/b' }).count).toBe(
    0,
  );
});

test.each<readonly [string, typeof owner | typeof role, string, boolean]>([
  ['of the same namespace', owner, 'Ledger/shop/x', true],
  ['of any namespace', owner, 'Ledger/x', true],
  ['of another namespace, which an owner in this one cannot have', owner, 'Ledger/bank/x', false],
  ['of any namespace, for an owner that has none', role, 'Ledger/bank/x', true],
  ['of a kind without namespaces, which an owner in one cannot have', owner, 'Node/x', false],
  ['of a kind that was seen', owner, 'Secret/x', false],
  ['which is the owner itself', owner, 'ConfigMap/shop/owner', false],
])('where something could not be read, what is protected and %s: it may be there or not', (_what, ref, entry, held) => {
  const mayHide = (kind: string): boolean => kind !== 'Secret';
  const found = findDependents(ref, ['o'], known({}, { mayHide, unread: 'u' }), { ...options, protect: [entry] });
  expect([found.protected !== undefined, found.unknown]).toEqual([held, held ? 'u' : undefined]);
});

test('that something of Kubernetes itself could not be read is told, whatever is protected', () => {
  expect(findDependents(owner, ['o'], known({}, { unread: 'u', isUnknown: true }), options)).toMatchObject({
    unknown: 'u',
  });
});

test('what is declared or stays by its record is to stay also where somebody in between owns it, claims among it', () => {
  const edges = known({ o: [dependent('set')], set: [dependent('data', { isClaim: true }), dependent('other')] });
  const stays = (key: string): boolean => key === '/Secret/shop/data';
  const isRecorded = stays;
  expect(findDependents(owner, ['o'], edges, { ...options, isRecorded, stays })).toEqual({
    ...{ ref: owner, names: [], count: 0 },
    stays: { names: ['Secret shop/data'], count: 1 },
  });
  expect(findDependents(owner, ['o'], edges, { ...options, isRecorded })).toEqual({ ref: owner, names: [], count: 0 });
});

test('what is inside is not counted again; what it owns is, and held where it is protected', () => {
  const inside = dependent('inside', { isClaim: true });
  const edges = known({ o: [inside], inside: [dependent('volume', { isProtected: true })] });
  expect(findDependents(role, ['o', 'inside'], edges, options)).toEqual({
    ...{ ref: role, names: [], count: 0 },
    protected: 'Secret shop/volume',
  });
  expect(findDependents(role, ['o'], known({ inside: [dependent('volume', { isProtected: true })] }), options)).toEqual(
    {
      ...{ ref: role, names: [], count: 0 },
    },
  );
});

test('what is protected and goes with a kind that could not be read may go along', () => {
  const near = dependent('near', { isProtected: true, namespace: 'shop' });
  const far = dependent('far', { isProtected: true, namespace: 'bank' });
  const isUnread = (groupKind: string): boolean => groupKind === 'example.com/Set';
  const ownersOf = (isOf: (groupKind: string) => boolean) => ['example.com/Set', 'apps/Set'].filter(isOf);
  const find = (ref: typeof owner | typeof role, each: Dependent, by = 'example.com/Set') =>
    findDependents(ref, ['o'], known({ [by]: [each] }, { isUnread, ownersOf, unread: 'u', isUnknown: true }), options);
  expect(find(owner, near)).toMatchObject({ protected: 'Secret shop/near', unknown: 'u' });
  expect(find(role, far)).toMatchObject({ protected: 'Secret shop/far', unknown: 'u' });
  expect(find(owner, far).protected).toBeUndefined();
  expect(find(owner, near, 'apps/Set').protected).toBeUndefined();
});

test('what is inside and what goes along are told together', () => {
  const one = { ref: role, names: ['a', 'b', 'c'], count: 3 };
  const other = { ref: role, names: ['d', 'e', 'f'], count: 9, protected: 'p', unknown: 'u' };
  expect(addInside(one, other)).toEqual({ ...other, names: ['a', 'b', 'c', 'd', 'e'], count: 12 });
  const stays = { names: ['s'], count: 1 };
  expect(addInside({ ...one, stays }, other).stays).toEqual(stays);
  expect(addInside({ ...one, stays }, { ...other, stays }).stays).toEqual({ names: ['s', 's'], count: 2 });
});

test('a long chain costs no more than linear work', async () => {
  const run = (size: number) => {
    const edges = Object.fromEntries(
      Array.from({ length: size }, (_, index) => [`${index}`, [dependent(`${index + 1}`)]]),
    );
    return countWork(/\/src\//, () => findDependents(owner, ['0'], known(edges), options));
  };
  await run(10);
  expect((await run(400)) / (await run(200))).toBeLessThan(2.2);
});
