import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type NodeAddresses, settleAddresses } from '../../../src/admission/approver/address-holders.ts';
import type { AcceptedNode } from '../../../src/definition/definition.ts';
import { acceptedNode } from '../definition-fixture.ts';

const A = '10.250.0.21';
const B = '10.250.0.22';
const accepted = [
  acceptedNode('cp-1', undefined, 'control-plane'),
  ...['w-1', 'w-2', 'w-3'].map((name) => acceptedNode(name, undefined)),
];

function node(name: string, ipAddresses: readonly string[], created?: string): NodeAddresses {
  return { name, ready: true, dnsNames: [name], ipAddresses, ...(created !== undefined && { created }) };
}

function settle(
  before: Readonly<Record<string, readonly string[]>>,
  nodes: readonly NodeAddresses[],
  list: readonly AcceptedNode[] = accepted,
) {
  return Object.fromEntries(settleAddresses(new Map(Object.entries(before)), nodes, list));
}

function bind(name: string, addresses: readonly string[]): readonly AcceptedNode[] {
  return accepted.map((entry) => (entry.name === name ? { ...entry, addresses } : entry));
}

describe('an address', () => {
  test('is held by the node that reports it, in one form', () => {
    expect(settle({}, [node('w-1', ['::ffff:10.250.0.21', 'FD00::0:15'])])).toEqual({ 'w-1': [A, 'fd00::15'] });
  });

  test('stays with the node that had it first, whatever others report since', () => {
    expect(settle({ 'w-2': [A] }, [node('w-1', [A, B]), node('w-2', [A])])).toEqual({ 'w-1': [B], 'w-2': [A] });
  });

  test('is free once its node reports another', () => {
    expect(settle({ 'w-2': [A] }, [node('w-1', [A]), node('w-2', [B])])).toEqual({ 'w-1': [A], 'w-2': [B] });
  });

  test('stays with a node that is away or reports nothing for a moment', () => {
    expect(settle({ 'w-2': [A] }, [node('w-1', [A])])).toEqual({ 'w-1': [], 'w-2': [A] });
    expect(settle({ 'w-2': [A] }, [node('w-1', [A]), node('w-2', [])])).toEqual({ 'w-1': [], 'w-2': [A] });
  });

  test('is free once its node is not accepted any more', () => {
    expect(settle({ 'w-9': [A] }, [node('w-9', [A]), node('w-1', [A])])).toEqual({ 'w-1': [A] });
  });

  test("of a control plane's is its own, also where a worker reported it before", () => {
    expect(settle({ 'w-1': [A] }, [node('w-1', [A]), node('cp-1', [A])])).toEqual({ 'cp-1': [A], 'w-1': [] });
  });

  test('that two report at once goes to the machine that was never seen before', () => {
    const nodes = [node('w-1', [A], '2026-01-01T00:00:00Z'), node('w-2', [A], '2026-01-02T00:00:00Z')];
    expect(settle({ 'w-1': [B] }, nodes)).toEqual({ 'w-1': [], 'w-2': [A] });
  });

  test('that two report when nothing was recorded goes to the older Node', () => {
    const nodes = [node('w-1', [A], '2026-01-02T00:00:00Z'), node('w-2', [A], '2026-01-01T00:00:00Z')];
    expect(settle({}, nodes)).toEqual({ 'w-1': [], 'w-2': [A] });
  });

  test('that nodes.yaml binds is of that node and of no other, whatever anyone reports', () => {
    const nodes = [node('w-1', [A]), node('w-2', [B])];
    expect(settle({ 'w-1': [A], 'w-2': [B] }, nodes, bind('w-2', [A]))).toEqual({ 'w-1': [], 'w-2': [A] });
  });
});

test('a node that reports thousands of addresses holds 32', () => {
  const many = Array.from({ length: 5000 }, (_, index) => `10.${index >> 8}.${index & 255}.1`);
  expect(settle({}, [node('w-1', many)])['w-1']).toHaveLength(32);
});

test('no address has two holders, and to settle again changes nothing', () => {
  const address = fc.constantFrom(A, B, '10.250.0.23', 'fd00::1');
  const name = fc.constantFrom('cp-1', 'w-1', 'w-2', 'w-3');
  const nodes = fc.uniqueArray(fc.record({ name, ipAddresses: fc.uniqueArray(address) }), { selector: (n) => n.name });
  const before = fc.dictionary(name, fc.uniqueArray(address));
  fc.assert(
    fc.property(before, nodes, (record, reported) => {
      const live = reported.map(({ name: of, ipAddresses }) => node(of, ipAddresses));
      const settled = settle(record, live);
      const held = Object.values(settled).flat();
      expect(new Set(held).size).toBe(held.length);
      expect(settle(settled, live)).toEqual(settled);
    }),
  );
});
