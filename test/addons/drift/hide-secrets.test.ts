import { expect, test } from 'vitest';
import { describeDifferences } from '../../../src/addons/drift/describe-drift.ts';
import type { KubeObject } from '../../../src/objects/kube-object.ts';

const shown = (apiVersion: string, kind: string, steps: readonly string[], declared: unknown, live: unknown) => {
  const object: KubeObject = { apiVersion, kind, metadata: { name: 'x' } };
  return describeDifferences([{ steps, declared, live }], object)[0];
};
const ENV = (name: string) => [
  'f:spec',
  'f:containers',
  'k:{"name":"web"}',
  'f:env',
  `k:{"name":"${name}"}`,
  'f:value',
];

test.each<readonly [string, string, readonly string[], unknown]>([
  ['apps/v1', 'Deployment', ['f:spec', 'f:replicas'], 3],
  ['v1', 'ConfigMap', ['f:data', 'f:log-level'], 'debug'],
  ['v1', 'Pod', ENV('LOG_LEVEL'), 'debug'],
  ['v1', 'Service', ['f:spec', 'f:ports', 'k:{"port":80}', 'f:targetPort'], 8080],
])('a value is shown: %s %s %j', (apiVersion, kind, steps, value) => {
  expect(shown(apiVersion, kind, steps, value, 'hunter2')).toMatchObject({
    declared: JSON.stringify(value),
    live: '"hunter2"',
  });
});

test.each<readonly [string, string, readonly string[], unknown]>([
  ['v1', 'Secret', ['f:data', 'f:a'], 'aHVudGVyMg=='],
  ['v1', 'Secret', ['f:stringData'], { a: 'hunter2' }],
  ['example.com/v1', 'Database', ['f:spec', 'f:replicas'], 'hunter2'],
  ['secrets.store.x-k8s.io/v1', 'Thing', ['f:spec', 'f:size'], 'hunter2'],
  ['v1', 'ConfigMap', ['f:data', 'f:password'], 'hunter2'],
  ['v1', 'ConfigMap', ['f:data', 'f:api_key'], 'hunter2'],
  ['v1', 'ConfigMap', ['f:data', 'f:app.ini'], 'user=a\npassword = hunter2'],
  ['v1', 'ConfigMap', ['f:data'], { 'db-password': 'hunter2' }],
  ['v1', 'ConfigMap', ['f:data', 'f:url'], 'postgres://app:hunter2@db/app'],
  ['v1', 'ConfigMap', ['f:data', 'f:tls'], '-----BEGIN PRIVATE KEY-----\nhunter2'],
  ['v1', 'Pod', ENV('DB_PASSWORD'), 'hunter2'],
  ['v1', 'Pod', ENV('GITHUB_TOKEN'), 'hunter2'],
  ['v1', 'Pod', ['f:spec', 'f:containers', 'k:{"name":"web"}', 'f:args'], ['--password=hunter2']],
  ['v1', 'Pod', ['f:spec', 'f:containers', 'k:{"name":"web"}', 'f:args'], ['--db-password', 'hunter2']],
  ['v1', 'Pod', ENV('DB_PASSWORD_1'), 'hunter2'],
  ['v1', 'Pod', ENV('adminPwd'), 'hunter2'],
  ['v1', 'ConfigMap', ['f:data', 'f:password.txt'], 'hunter2'],
  ['v1', 'ConfigMap', ['f:data', 'f:redis.conf'], 'port 6379\nrequirepass hunter2'],
  ['v1', 'Pod', ['f:metadata', 'f:annotations', 'f:x'], '{"token":"hunter2"}'],
])('a value that may be a secret is not: %s %s %j', (apiVersion, kind, steps, value) => {
  const field = shown(apiVersion, kind, steps, value, value);
  expect(field).toMatchObject({ declared: '(hidden)', live: '(hidden)' });
  expect(JSON.stringify(field)).not.toContain('hunter2');
});

test('the path of a custom resource is shown, but not an item that is named by its own value', () => {
  const steps = ['f:spec', 'f:tokens', 'v:"hunter2"'];
  expect(shown('example.com/v1', 'Gate', steps, 'hunter2', undefined)?.path).toBe('spec.tokens[(hidden)]');
  expect(shown('v1', 'Pod', ['f:metadata', 'f:finalizers', 'v:"a.b/c"'], 'a.b/c', undefined)?.path).toBe(
    'metadata.finalizers["a.b/c"]',
  );
});
