import { once } from 'node:events';
import { chown, lstat, readFile, rename, stat, symlink } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { KubicError } from '../../../src/errors/kubic-error.ts';
import { loadUserRoute } from '../../../src/kube/user/load-user-route.ts';
import type { CredentialOptions } from '../../../src/kube/user/user-credentials.ts';
import { createTestAuthority } from '../../support/git-server-certificates.ts';
import { directoryWith, kubeconfigOf, selected } from './user-kubeconfig-files.ts';

const CLUSTER = { server: 'https://127.0.0.1:1' };
const EXEC = { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', command: './plugin' };
const OPTIONS: CredentialOptions = { env: process.env, warn: () => {}, timeoutMs: 20_000 };

async function failure(user: unknown, plugin = '', options: Partial<CredentialOptions> = {}): Promise<KubicError> {
  const config = kubeconfigOf(CLUSTER, user as Record<string, unknown>);
  const directory = await directoryWith({ config, ...(plugin && { plugin }) });
  const error = await loadUserRoute(selected(directory), { ...OPTIONS, ...options }).catch((caught: unknown) => caught);
  if (!(error instanceof KubicError)) throw new Error('it did not fail as it should', { cause: error });
  expect(`${error.message} ${error.hint} ${JSON.stringify(error.facts)} ${error.cause}`).not.toContain('hunter2');
  return error;
}

test.each([
  ['fails', 'echo hunter2; exit 7', /exec plugin .*\/plugin ended with exit code 7/],
  ['is ended', 'kill -9 $$', /plugin was ended by SIGKILL/],
  ['prints no JSON', 'echo token: hunter2', /plugin printed no ExecCredential/],
  ['prints nothing', 'exit 0', /plugin printed no ExecCredential/],
  [
    'answers another version',
    `echo '{"kind":"ExecCredential","apiVersion":"v1","status":{"token":"hunter2"}}'`,
    /of client/,
  ],
  [
    'answers nothing in it',
    `echo '{"kind":"ExecCredential","apiVersion":"${EXEC.apiVersion}"}'`,
    /neither a token nor/,
  ],
  [
    'answers half a key pair',
    `echo '{"kind":"ExecCredential","apiVersion":"${EXEC.apiVersion}","status":{"token":"t","clientKeyData":"hunter2"}}'`,
    /key without its certificate/,
  ],
  ['prints without end', 'yes hunter2', /printed more than/],
] as const)('a plugin that %s is told by name, and what it printed is not', async (_, script, message) => {
  const error = await failure({ exec: EXEC }, `#!/bin/sh\n${script}\n`);
  expect(error).toMatchObject({ code: 'kube.credentials-failed', message: expect.stringMatching(message) });
});

test('a plugin that is not there is told by name, with what the kubeconfig says of installing it', async () => {
  const exec = { ...EXEC, args: ['hunter2'], installHint: 'Get it at\nexample.com' };
  const error = await failure({ exec });
  expect(error).toMatchObject({ code: 'kube.credentials-failed', hint: 'Get it at example.com' });
  expect(error.message).toMatch(/the exec plugin .*plugin is not there/);
  const found = await failure({ exec: { ...exec, command: 'no-such-plugin' } });
  expect(found.message).toContain('the exec plugin no-such-plugin is not there');
});

test('a plugin that hangs is ended, at its time limit and on a signal', async () => {
  const script = '#!/bin/sh\nexec sleep 600\n';
  const late = await failure({ exec: EXEC }, script, { timeoutMs: 300 });
  expect(late.message).toMatch(/plugin did not end within 0.3 s/);
  const stopped = await failure({ exec: EXEC }, script, { signal: AbortSignal.timeout(300) });
  expect(stopped.code).toBe('agent.aborted');
});

test('a plugin that needs a terminal is not run without one', async () => {
  const error = await failure({ exec: { ...EXEC, interactiveMode: 'Always' } }, '#!/bin/sh\nexit 0\n');
  expect(error).toMatchObject({ code: 'kube.credentials-failed', hint: 'Run this on a terminal.' });
});

test('a plugin does not wait for an input that never comes', async () => {
  const script = `#!/bin/sh\ncat > /dev/null\necho '{"kind":"ExecCredential","apiVersion":"${EXEC.apiVersion}","status":{"token":"t"}}'\n`;
  const directory = await directoryWith({ config: kubeconfigOf(CLUSTER, { exec: EXEC }), plugin: script });
  const { headers } = await loadUserRoute(selected(directory), OPTIONS);
  expect(headers).toEqual({ authorization: 'Bearer t' });
});

test.each([
  ['exec without a version', { exec: { command: 'x' } }],
  ['exec with one that is gone', { exec: { ...EXEC, apiVersion: 'client.authentication.k8s.io/v1alpha1' } }],
  ['exec v1 without interactiveMode', { exec: { apiVersion: EXEC.apiVersion, command: 'x' } }],
  ['exec without a command', { exec: { ...EXEC, command: '' } }],
  ['exec beside an auth-provider', { exec: EXEC, 'auth-provider': { name: 'oidc' } }],
  ['a token that is none', { token: 7 }],
  ['a token and a user name', { token: 'hunter2', username: 'ada' }],
  ['a token with a line in it', { token: 'hunter\n2' }],
  ['a key file that is not there', { 'client-key': 'missing.key' }],
  ['a user that is a list', ['hunter2']],
])('a kubeconfig with %s is refused as kubectl refuses it', async (_, user) => {
  expect((await failure(user)).code).toBe('kube.kubeconfig-invalid');
});

test.each(['gcp', 'azure', 'tokenFile', '$(touch x)'])(
  'auth-provider %s, which no kubectl has any more, runs nothing',
  async (name) => {
    const config = { 'cmd-path': 'sh', 'cmd-args': '-c exit', exec: { command: 'sh' }, tokenFile: '/etc/hostname' };
    expect((await failure({ 'auth-provider': { name, config } })).code).toBe('kube.credentials-failed');
  },
);

test('a user name and a password are sent as they stand', async () => {
  const directory = await directoryWith({ config: kubeconfigOf(CLUSTER, { username: 'ada', password: 'a:b' }) });
  const { headers } = await loadUserRoute(selected(directory), OPTIONS);
  expect(headers).toEqual({ authorization: `Basic ${Buffer.from('ada:a:b').toString('base64')}` });
});

test('http to another machine is taken with a warning', async () => {
  const directory = await directoryWith({ config: kubeconfigOf({ server: 'http://192.0.2.1:8001' }, {}) });
  const warnings: string[] = [];
  await loadUserRoute(selected(directory), { ...OPTIONS, env: {}, warn: (text) => warnings.push(text) });
  expect(warnings).toEqual(['whoever is on the way to 192.0.2.1:8001 reads along: it is http']);
});

const jwt = (claims: object): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(claims)}.c2ln`;
};
const IN_AN_HOUR = Math.floor(Date.now() / 1000) + 3_600;

/** An OIDC provider that gives a new token for one refresh token, and says what it was asked. */
async function startProvider(answer: (body: string) => [number, object], metadata: object = {}) {
  const authority = await createTestAuthority();
  const bodies: string[] = [];
  const clients: unknown[] = [];
  const provider = createServer(await authority.issue(['127.0.0.1']), async (request, response) => {
    const issuer = `https://${request.headers.host}`;
    if (request.url?.startsWith('/.well-known/')) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ issuer, token_endpoint: `${issuer}/token`, ...metadata }));
      return;
    }
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    clients.push(request.headers.authorization);
    const [status, json] = answer(body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
  });
  provider.listen(0, '127.0.0.1');
  await once(provider, 'listening');
  onTestFinished(() => {
    provider.closeAllConnections();
    provider.close();
  });
  const issuer = `https://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const config = {
    'idp-issuer-url': issuer,
    'idp-certificate-authority-data': Buffer.from(authority.certificate).toString('base64'),
    'client-id': 'kubectl',
    'refresh-token': 'hunter2-first',
  };
  return { bodies, clients, config, issuer };
}

test('an OIDC token that is good is sent, and the provider is not asked', async () => {
  const { bodies, config } = await startProvider(() => [500, {}]);
  const token = jwt({ exp: IN_AN_HOUR });
  const user = { 'auth-provider': { name: 'oidc', config: { ...config, 'id-token': token } } };
  const directory = await directoryWith({ config: kubeconfigOf(CLUSTER, user) });
  expect((await loadUserRoute(selected(directory), OPTIONS)).headers).toEqual({ authorization: `Bearer ${token}` });
  expect(bodies).toEqual([]);
});

test.each([
  ['has expired', jwt({ exp: 1 })],
  ['is missing', undefined],
])(
  'an OIDC token that %s is refreshed, and what came is kept in the kubeconfig, as kubectl keeps it',
  async (_, old) => {
    const { bodies, config, issuer } = await startProvider(() => {
      const claims = { iss: issuer, aud: 'kubectl', sub: 'ada', iat: IN_AN_HOUR - 3_600, exp: IN_AN_HOUR };
      const tokens = { id_token: jwt(claims), access_token: 'a', token_type: 'bearer', expires_in: 3600 };
      return [200, { ...tokens, refresh_token: 'hunter2-second' }];
    });
    const user = { 'auth-provider': { name: 'oidc', config: { ...config, ...(old && { 'id-token': old }) } } };
    const directory = await directoryWith({ config: kubeconfigOf(CLUSTER, user) });
    // root by sudo writes the kubeconfig of somebody
    const isRoot = process.getuid?.() === 0;
    const { uid, gid } = isRoot ? { uid: 4711, gid: 4712 } : await stat(join(directory, 'config'));
    await chown(join(directory, 'config'), uid, gid);
    const { headers } = await loadUserRoute(selected(directory), OPTIONS);
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toContain('refresh_token=hunter2-first');
    const kept = await readFile(join(directory, 'config'), 'utf8');
    const token = String(headers?.authorization).replace('Bearer ', '');
    expect(token.split('.')).toHaveLength(3);
    expect(token).not.toBe(old);
    expect(kept).toContain(token);
    expect(kept).toContain('hunter2-second');
    expect(kept).not.toContain('hunter2-first');
    const after = await stat(join(directory, 'config'));
    expect([after.mode & 0o777, after.uid, after.gid]).toEqual([0o600, uid, gid]);
    await loadUserRoute(selected(directory), OPTIONS);
    expect(bodies).toHaveLength(1); // the one that was kept is good
  },
);

test.each([
  ['refuses', [400, { error: 'invalid_grant', error_description: 'hunter2' }], /could not be refreshed/],
  ['gives no id_token', [200, { access_token: 'hunter2', token_type: 'bearer' }], /could not be refreshed/],
] as const)('an OIDC provider that %s is told, and its words are not', async (_, answer, message) => {
  const { config } = await startProvider(() => answer as unknown as [number, object]);
  const user = { 'auth-provider': { name: 'oidc', config: { ...config, 'id-token': jwt({ exp: 1 }) } } };
  expect((await failure(user)).message).toMatch(message);
});

test('an OIDC token that has expired and cannot be refreshed is told', async () => {
  const user = { 'auth-provider': { name: 'oidc', config: { 'id-token': jwt({ exp: 1 }) } } };
  expect((await failure(user)).message).toMatch(/OIDC token of user u has expired, and there is no refresh-token/);
});

test.each([
  ['as the standard has it', {}, `Basic ${Buffer.from('kubectl:own-secret').toString('base64').slice(0, 12)}`, false],
  ['in the form', { token_endpoint_auth_methods_supported: ['client_secret_post'] }, 'undefined', true],
] as const)(
  'the client secret of an OIDC provider is sent %s, where the provider takes it',
  async (_, metadata, header, inBody) => {
    const { bodies, clients, config } = await startProvider(() => [400, { error: 'invalid_grant' }], metadata);
    const secret = { ...config, 'client-secret': 'own-secret', 'id-token': jwt({ exp: 1 }) };
    await failure({ 'auth-provider': { name: 'oidc', config: secret } });
    expect(String(clients[0]).slice(0, header.length)).toBe(header);
    expect(bodies[0]?.includes('client_secret=own-secret')).toBe(inBody);
  },
);

test('a kubeconfig that is a link stays one when a token is kept, and a refresh token that was not replaced stays', async () => {
  const { config, issuer } = await startProvider(() => {
    const claims = { iss: issuer, aud: 'kubectl', sub: 'ada', iat: IN_AN_HOUR - 3_600, exp: IN_AN_HOUR };
    return [200, { id_token: jwt(claims), access_token: 'a', token_type: 'bearer' }];
  });
  const user = { 'auth-provider': { name: 'oidc', config: { ...config, 'id-token': jwt({ exp: 1 }) } } };
  const directory = await directoryWith({ config: kubeconfigOf(CLUSTER, user) });
  await rename(join(directory, 'config'), join(directory, 'own'));
  await symlink('own', join(directory, 'config'));
  await loadUserRoute(selected(directory), OPTIONS);
  expect((await lstat(join(directory, 'config'))).isSymbolicLink()).toBe(true);
  expect(await readFile(join(directory, 'own'), 'utf8')).toContain('hunter2-first'); // it was not replaced
});
