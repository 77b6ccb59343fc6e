import { expect, test } from 'vitest';
import { describeDifferences, formatSteps } from '../../../src/addons/drift/describe-drift.ts';

test.for<[readonly string[], string]>([
  [['f:spec', 'f:replicas'], 'spec.replicas'],
  [['f:data', 'f:a.b'], 'data["a.b"]'],
  [['f:spec', 'f:ports', 'k:{"port":80,"protocol":"TCP"}', 'f:name'], 'spec.ports[port=80,protocol=TCP].name'],
  [['f:metadata', 'f:finalizers', 'v:"example.com/x"'], 'metadata.finalizers["example.com/x"]'],
  [['f:spec', 'f:args', 'i:1'], 'spec.args[1]'],
])('%j is told as %s', ([steps, text]) => {
  expect(formatSteps(steps)).toBe(text);
});

test('a field is whose it is now, and not of who wrote to the object last', () => {
  const entry = (manager: string, minute: number, fieldsV1: Record<string, unknown>) => {
    const time = `2026-01-01T00:0${minute}:00Z`;
    return { manager, operation: 'Update', time, fieldsV1 };
  };
  const managedFields = [
    { ...entry('kubic-init', 0, {}), operation: 'Apply' },
    entry('kubectl-edit', 1, { 'f:spec': { 'f:replicas': {} } }),
    entry('other', 2, { 'f:spec': { 'f:paused': {} } }),
  ];
  const live = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', managedFields } };
  const byOf = (field: string) =>
    describeDifferences([{ steps: ['f:spec', field], declared: 1, live: 2 }], live)[0]?.by;
  expect(byOf('f:replicas')).toEqual(['kubectl-edit']);
  expect(byOf('f:gone')).toEqual(['other']);
});
