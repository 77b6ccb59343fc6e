import { expect, test } from 'vitest';
import { formatSteps } from '../../../src/addons/drift/describe-drift.ts';

test.for<[readonly string[], string]>([
  [['f:spec', 'f:replicas'], 'spec.replicas'],
  [['f:data', 'f:a.b'], 'data["a.b"]'],
  [['f:spec', 'f:ports', 'k:{"port":80,"protocol":"TCP"}', 'f:name'], 'spec.ports[port=80,protocol=TCP].name'],
  [['f:metadata', 'f:finalizers', 'v:"example.com/x"'], 'metadata.finalizers["example.com/x"]'],
  [['f:spec', 'f:args', 'i:1'], 'spec.args[1]'],
])('%j is told as %s', ([steps, text]) => {
  expect(formatSteps(steps)).toBe(text);
});
