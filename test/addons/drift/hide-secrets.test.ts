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

const CRD = ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'] as const;
const SCHEMA = ['f:spec', 'f:versions', 'k:{"name":"v1"}', 'f:schema', 'f:openAPIV3Schema'];

test.each<readonly [string, string, readonly string[], unknown]>([
  ['apps/v1', 'Deployment', ['f:spec', 'f:replicas'], 3],
  ['v1', 'ConfigMap', ['f:data', 'f:log-level'], 'debug'],
  ['v1', 'Pod', ENV('LOG_LEVEL'), 'debug'],
  ['v1', 'ConfigMap', ['f:data', 'f:replicas'], '2'],
  ['v1', 'Service', ['f:spec', 'f:ports', 'k:{"port":80}', 'f:targetPort'], 8080],
  ['v1', 'Service', ['f:spec', 'f:ports', 'k:{"port":80}', 'f:targetPort'], 'http'],
  ['v1', 'Service', ['f:spec', 'f:selector', 'f:app'], 'web'],
  [
    'apps/v1',
    'Deployment',
    ['f:spec', 'f:template', 'f:spec', 'f:containers', 'k:{"name":"web"}', 'f:image'],
    'web:1.2',
  ],
  ['v1', 'Pod', ['f:metadata', 'f:labels', 'f:app.kubernetes.io/version'], '1.2.3'],
  ['v1', 'Pod', ['f:spec', 'f:containers', 'k:{"name":"web"}', 'f:resources'], { limits: { memory: '64Mi' } }],
  ['v1', 'Node', ['f:spec', 'f:taints'], [{ effect: 'NoSchedule' }]],
  ['v1', 'Pod', ['f:spec', 'f:tolerations'], [{ operator: 'Exists' }]],
  ['policy/v1', 'PodDisruptionBudget', ['f:spec', 'f:maxUnavailable'], '50%'],
  ['apps/v1', 'Deployment', ['f:spec', 'f:strategy'], { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } }],
  ['v1', 'PersistentVolumeClaim', ['f:spec'], { accessModes: ['ReadWriteOnce'], storageClassName: 'fast' }],
  ['rbac.authorization.k8s.io/v1', 'Role', ['f:rules'], [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }]],
])('a value is shown: %s %s %j', (apiVersion, kind, steps, value) => {
  expect(shown(apiVersion, kind, steps, value, undefined)).toMatchObject({ declared: JSON.stringify(value) });
});

test.each<readonly [string, string, readonly string[], unknown]>([
  ['v1', 'Secret', ['f:data', 'f:a'], 'aHVudGVyMg=='],
  ['v1', 'Secret', ['f:stringData'], { a: 'hunter2' }],
  // harmless in any other kind
  ['v1', 'Secret', ['f:stringData', 'f:a'], 'off'],
  ['v1', 'Secret', ['f:metadata', 'f:labels', 'f:a'], 'web'],
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
  ['v1', 'ConfigMap', ['f:data', 'f:settings.py'], "SECRET_KEY = 'hunter2'"],
  ['v1', 'ConfigMap', ['f:data', 'f:config.json'], '{"auths":{"r.io":{"auth":"hunter2"}}}'],
  ['v1', 'ConfigMap', ['f:data', 'f:.npmrc'], '_auth=hunter2'],
  ['v1', 'ConfigMap', ['f:data', 'f:settings.xml'], '<server><password>hunter2</password></server>'],
  ['v1', 'ConfigMap', ['f:data', 'f:wg0.conf'], '[Interface]\nPrivateKey = hunter2'],
  ['v1', 'ConfigMap', ['f:data', 'f:x'], `${'a'.repeat(60)} password_x: hunter2`],
  ['v1', 'ConfigMap', ['f:data', 'f:id_rsa'], 'hunter2'],
  ['v1', 'ConfigMap', ['f:data', 'f:image'], 'hunter2'],
  ['v1', 'ConfigMap', ['f:data'], { image: 'hunter2' }],
  ['v1', 'ConfigMap', ['f:data', 'f:labels', 'f:x'], 'hunter2'],
  ['v1', 'Pod', ['f:spec', 'f:containers', 'k:{"name":"web"}', 'f:args'], ['mysqldump', '-phunter2']],
  ['v1', 'Pod', ['f:spec', 'f:containers', 'k:{"name":"web"}', 'f:command'], ['curl', '-u', 'admin:hunter2']],
  [
    'v1',
    'Pod',
    ['f:spec', 'f:containers', 'k:{"name":"web"}', 'f:livenessProbe', 'f:httpGet'],
    { path: '/?s=hunter2' },
  ],
  [
    ...(['v1', 'Pod'] as const),
    ['f:spec', 'f:containers', 'k:{"name":"web"}', 'f:livenessProbe', 'f:httpGet', 'f:httpHeaders'],
    [{ name: 'Authorization', value: 'Basic hunter2' }],
  ],
  [
    'v1',
    'Pod',
    ['f:spec', 'f:containers', 'k:{"name":"web"}'],
    { name: 'web', env: [{ name: 'A', value: 'hunter2' }] },
  ],
  ['v1', 'Pod', ['f:spec', 'f:containers', 'k:{"name":"web"}', 'f:image'], 'https://app:hunter2@registry/web'],
  ['v1', 'Pod', ['f:metadata', 'f:labels', 'f:api-key'], 'hunter2'],
  ['storage.k8s.io/v1', 'StorageClass', ['f:parameters', 'f:type'], 'hunter2'],
  // what people write below these, whatever they call it: a name that is harmless elsewhere is not, here
  ['v1', 'ConfigMap', ['f:binaryData', 'f:host'], 'hunter2'],
  ['v1', 'Pod', ['f:metadata', 'f:annotations', 'f:image'], 'hunter2'],
  ['v1', 'Pod', ['f:spec', 'f:containers', 'k:{"name":"web"}', 'f:env'], [{ name: 'hunter2' }]],
  ['v1', 'PersistentVolume', ['f:spec', 'f:flexVolume', 'f:options'], { host: 'hunter2' }],
  ['v1', 'PersistentVolume', ['f:spec', 'f:csi', 'f:volumeAttributes'], { type: 'hunter2' }],
  ['certificates.k8s.io/v1', 'CertificateSigningRequest', ['f:spec', 'f:extra'], { scope: ['hunter2'] }],
  ...(['default', 'example'] as const).map(
    (field) => [...CRD, [...SCHEMA, `f:${field}`], { image: 'hunter2' }] as const,
  ),
  [...CRD, [...SCHEMA, 'f:properties', 'f:labels', 'f:enum'], ['hunter2']],
  [
    ...(['resource.k8s.io/v1', 'ResourceClaim'] as const),
    ['f:spec', 'f:devices', 'f:config'],
    [{ opaque: { driver: '1', parameters: { host: 'hunter2' } } }],
  ],
  ...['APP_KEY', 'GITHUB_PAT', 'SLACK_WEBHOOK_URL', 'AZURE_STORAGE_KEY', 'JWT', 'PIN', 'DB_PW', 'KEY', 'X'].map(
    (name) => ['v1', 'Pod', ENV(name), 'hunter2'] as const,
  ),
])('a value that may be a secret is not: %s %s %j', (apiVersion, kind, steps, value) => {
  const field = shown(apiVersion, kind, steps, value, value);
  expect(field).toMatchObject({ declared: '(hidden)', live: '(hidden)' });
  expect(JSON.stringify(field)).not.toContain('hunter2');
});

test.each(['letmein', 'changeme', '1234', 'AKIAIOSFODNN7EXAMPLE', 'a b'])(
  'free text that is not known to be harmless is hidden, a plain word, too: %s',
  (value) => {
    for (const steps of [ENV('X'), ['f:data', 'f:x'], ['f:metadata', 'f:annotations', 'f:x']]) {
      expect(shown('v1', 'Pod', steps, value, undefined)).toMatchObject({ declared: '(hidden)' });
    }
  },
);

// what switches and levels of programs are set to, as people write them into a ConfigMap or an environment
test.each(
  ['', '0', '42', 'true', 'True', 'false', 'yes', 'no', 'on', 'off', 'none', 'enabled', 'disabled'].concat([
    'trace',
    'debug',
    'info',
    'INFO',
    'warn',
    'warning',
    'error',
  ]),
)('a word that tells nothing is shown wherever it stands: %j', (value) => {
  for (const steps of [ENV('X'), ['f:data', 'f:x']]) {
    expect(shown('v1', 'Pod', steps, value, undefined)).toMatchObject({ declared: JSON.stringify(value) });
  }
});

test.each(['123', '-1', 'true1', 'xoff', 'infos', 'on off', 'on\n', 'none '])(
  'a word that only holds one is hidden: %j',
  (value) => {
    expect(shown('v1', 'ConfigMap', ['f:data', 'f:x'], value, undefined)).toMatchObject({ declared: '(hidden)' });
  },
);

test('the path of a custom resource is shown, but not an item that is named by its own value', () => {
  const steps = ['f:spec', 'f:tokens', 'v:"hunter2"'];
  expect(shown('example.com/v1', 'Gate', steps, 'hunter2', undefined)?.path).toBe('spec.tokens[(hidden)]');
  expect(shown('v1', 'Pod', ['f:metadata', 'f:finalizers', 'v:"a.b/c"'], 'a.b/c', undefined)?.path).toBe(
    'metadata.finalizers["a.b/c"]',
  );
});

test('a value with characters that steer a terminal is cut and made safe', () => {
  const found = shown('v1', 'Pod', ['f:spec', 'f:hostname'], 'web', `\u202e${'z'.repeat(9_999)}`)?.live;
  expect(found).toMatch(/^"\\u\{202e\}z+…$/);
  expect(found?.length).toBeLessThan(100);
});
