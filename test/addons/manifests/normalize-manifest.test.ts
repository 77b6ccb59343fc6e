import { expect, test } from 'vitest';
import { normalizeManifest } from '../../../src/addons/manifests/normalize-manifest.ts';

// what `kubectl get -o yaml` shows and people commit: read-only fields of ObjectMeta (kubernetes.io, reference of the API)
test.each([
  ['creationTimestamp', '2026-01-01T00:00:00Z'],
  ['creationTimestamp', null],
  ['deletionGracePeriodSeconds', 30],
  ['deletionTimestamp', '2026-01-01T00:00:00Z'],
  ['generation', 3],
  ['managedFields', []],
  ['resourceVersion', '7'],
  ['selfLink', '/api/v1/x'],
  ['uid', 'u'],
])('metadata.%s is the API server’s to say', (field, value) => {
  const metadata = { name: 'a', labels: { app: 'web' }, [field]: value };
  const object = normalizeManifest({ apiVersion: 'v1', kind: 'ConfigMap', metadata, status: { phase: 'x' } });
  expect(object).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels: { app: 'web' } } });
});
