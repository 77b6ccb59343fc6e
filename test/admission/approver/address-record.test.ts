import { expect, test } from 'vitest';
import { toNodeAddresses } from '../../../src/admission/approver/address-record.ts';

const node = (status?: object, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'w-1', ...metadata },
  ...(status && { status }),
});

test('of a Node count its names, its addresses, its age, and whether it is ready', () => {
  const addresses = [
    { type: 'InternalIP', address: '10.250.0.21' },
    { type: 'ExternalIP', address: '203.0.113.7' },
    { type: 'Hostname', address: 'w-1' },
    { type: 'InternalDNS', address: 'w-1.internal' },
    { type: 'ExternalDNS', address: 'w-1.example.com' },
    { type: 'IPv4', address: '10.0.0.1' },
    { type: 'Other', address: 'x' },
    { address: 'y' },
    { type: 'InternalIP' },
  ];
  const creationTimestamp = '2026-01-01T00:00:00Z';
  expect(toNodeAddresses(node({ addresses }, { creationTimestamp }))).toEqual({
    name: 'w-1',
    ready: false,
    dnsNames: ['w-1', 'w-1.internal', 'w-1.example.com'],
    ipAddresses: ['10.250.0.21', '203.0.113.7', ''],
    created: creationTimestamp,
  });
  expect(toNodeAddresses(node())).toEqual({ name: 'w-1', ready: false, dnsNames: [], ipAddresses: [] });
});

test('a Node is ready only by its condition Ready', () => {
  const ready = (...conditions: object[]) => toNodeAddresses(node({ conditions })).ready;
  expect(ready({ type: 'DiskPressure', status: 'False' }, { type: 'Ready', status: 'True' })).toBe(true);
  expect(ready({ type: 'Ready', status: 'False' })).toBe(false);
  expect(ready({ type: 'Ready', status: 'Unknown' })).toBe(false);
  expect(ready({ type: 'DiskPressure', status: 'True' })).toBe(false);
});
