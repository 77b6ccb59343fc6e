import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, inject, onTestFinished, test } from 'vitest';
import { directoryWith, kubeconfigOf, selected as one } from '../kube/user/user-kubeconfig-files.ts';
import { KUBECTL } from './addons-harness.ts';
import { adminEntries, identityByKubectl, ourIdentity, startProxy, tokenOf } from './user-kubeconfig-fixture.ts';

// Each kubeconfig is given to kubectl and to us, and both have to be the same user.

test('a client certificate serves as data, and as a file beside the kubeconfig', async () => {
  const { cluster, user, server } = await adminEntries();
  const pem = (data: unknown): string => Buffer.from(String(data), 'base64').toString();
  const directory = await directoryWith({
    data: kubeconfigOf(cluster, user),
    files: kubeconfigOf(
      { server, 'certificate-authority': 'ca.crt' },
      { 'client-certificate': 'own.crt', 'client-key': 'own.key' },
    ),
    both: kubeconfigOf(cluster, { ...user, 'client-certificate': 'own.crt', 'client-key': 'own.key' }),
    'ca.crt': pem(cluster['certificate-authority-data']),
    'own.crt': pem(user['client-certificate-data']),
    'own.key': pem(user['client-key-data']),
  });
  for (const name of ['data', 'files']) {
    const ours = await ourIdentity(one(directory, name));
    expect(ours.groups).toContain('system:masters');
    expect(ours).toEqual(await identityByKubectl(one(directory, name)));
  }
  await expect(ourIdentity(one(directory, 'both'))).rejects.toMatchObject({ code: 'kube.kubeconfig-invalid' });
  expect(await identityByKubectl(one(directory, 'both'))).toBeUndefined();
});

test('a token serves as text and as a file, and the file counts where there are both', async () => {
  const { cluster } = await adminEntries();
  const [first, second] = [await tokenOf('token-first'), await tokenOf('token-second')];
  const directory = await directoryWith({
    text: kubeconfigOf(cluster, { token: first }),
    file: kubeconfigOf(cluster, { tokenFile: 'token' }),
    both: kubeconfigOf(cluster, { token: first, tokenFile: 'token' }),
    token: `${second}\n`,
  });
  for (const [name, account] of [
    ['text', 'token-first'],
    ['file', 'token-second'],
    ['both', 'token-second'],
  ] as const) {
    const ours = await ourIdentity(one(directory, name));
    expect(ours.username).toBe(`system:serviceaccount:default:${account}`);
    expect(ours).toEqual(await identityByKubectl(one(directory, name)));
  }
});

const PLUGIN = `#!/usr/bin/env node
const { execFileSync } = require('node:child_process');
const { apiVersion, spec } = JSON.parse(process.env.KUBERNETES_EXEC_INFO);
if (spec.cluster?.config?.audience !== 'tests' || !spec.cluster['certificate-authority-data']) process.exit(3);
if (spec.interactive !== false) process.exit(4);
const argv = ['--kubeconfig', process.env.ADMIN, 'create', 'token', process.argv[2]];
const token = execFileSync(process.env.KUBECTL, argv, { encoding: 'utf8' }).trim();
console.error('a word to the user');
console.log(JSON.stringify({ kind: 'ExecCredential', apiVersion, status: { token } }));
`;

test('an exec plugin is found on the PATH or beside the kubeconfig, is told of the cluster, and its token is used', async () => {
  const { cluster } = await adminEntries();
  await tokenOf('by-plugin');
  const extensions = [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'tests' } }];
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    interactiveMode: 'Never',
    args: ['by-plugin'],
    env: [
      { name: 'ADMIN', value: inject('kubeconfig') },
      { name: 'KUBECTL', value: KUBECTL },
    ],
    provideClusterInfo: true,
  };
  const at = (command: string) => kubeconfigOf({ ...cluster, extensions }, { exec: { ...exec, command } });
  const directory = await directoryWith({ beside: at('./plugin'), onPath: at('plugin'), plugin: PLUGIN });
  const env = { ...process.env, PATH: `${directory}:${process.env.PATH}` };
  for (const name of ['beside', 'onPath']) {
    const ours = await ourIdentity(one(directory, name), { env });
    expect(ours.username).toBe('system:serviceaccount:default:by-plugin');
    expect(ours).toEqual(await identityByKubectl(one(directory, name), env));
  }
});

test('an exec plugin may give a certificate with its key', async () => {
  const { cluster, user } = await adminEntries();
  const pem = (data: unknown): string => Buffer.from(String(data), 'base64').toString();
  const apiVersion = 'client.authentication.k8s.io/v1beta1';
  const status = {
    clientCertificateData: pem(user['client-certificate-data']),
    clientKeyData: pem(user['client-key-data']),
  };
  const answer = { kind: 'ExecCredential', apiVersion, status };
  const directory = await directoryWith({
    config: kubeconfigOf(cluster, { exec: { apiVersion, command: './plugin' } }),
    plugin: `#!/bin/sh\ncat ${'$'}(dirname "$0")/answer\n`,
    answer,
  });
  const ours = await ourIdentity(one(directory));
  expect(ours.groups).toContain('system:masters');
  expect(ours).toEqual(await identityByKubectl(one(directory)));
});

test('of several files the first to name something wins, a context may lie in another one, and missing files are left out', async () => {
  const { cluster, user } = await adminEntries();
  const token = await tokenOf('in-first');
  const directory = await directoryWith({
    first: {
      'current-context': 'mine',
      users: [{ name: 'u', user: { token } }],
      contexts: [{ name: 'mine', context: { cluster: 'k', user: 'u' } }],
    },
    second: {
      'current-context': 'theirs',
      clusters: [{ name: 'k', cluster }],
      users: [
        { name: 'u', user },
        { name: 'admin', user },
      ],
      contexts: [
        { name: 'mine', context: { cluster: 'k', user: 'admin' } },
        { name: 'theirs', context: { cluster: 'k', user: 'admin' } },
      ],
    },
  });
  const files = ['first', 'missing', 'second'].map((name) => join(directory, name));
  const named = (context?: string) => ({ files, mustExist: false, ...(context !== undefined && { context }) });
  for (const [context, username] of [
    [undefined, 'system:serviceaccount:default:in-first'],
    ['mine', 'system:serviceaccount:default:in-first'],
    ['theirs', (await ourIdentity({ files: [inject('kubeconfig')], mustExist: true })).username],
  ] as const) {
    const ours = await ourIdentity(named(context));
    expect(ours.username).toBe(username);
    expect(ours).toEqual(await identityByKubectl(named(context)));
  }
  await expect(ourIdentity(named('their'))).rejects.toMatchObject({
    code: 'kube.context-unknown',
    hint: 'Did you mean theirs?',
  });
  expect(await identityByKubectl(named('their'))).toBeUndefined();
});

test('the user, uid, groups and further values to act as reach the API server', async () => {
  const { cluster, user } = await adminEntries();
  const as = { as: 'jürgen', 'as-uid': '7', 'as-groups': ['a', 'b'], 'as-user-extra': { 'x/y': ['1', '2'] } };
  const directory = await directoryWith({
    config: kubeconfigOf(cluster, { ...user, ...as }),
    groupsAlone: kubeconfigOf(cluster, { ...user, 'as-groups': ['a'] }),
  });
  const ours = await ourIdentity(one(directory));
  expect(ours).toMatchObject({ username: 'jürgen', groups: expect.arrayContaining(['a', 'b']) });
  expect(ours).toEqual(await identityByKubectl(one(directory)));
  await expect(ourIdentity(one(directory, 'groupsAlone'))).rejects.toMatchObject({ code: 'kube.kubeconfig-invalid' });
  expect(await identityByKubectl(one(directory, 'groupsAlone'))).toBeUndefined();
});

test('a proxy of the kubeconfig is gone through with its password, and the API server is checked behind it', async () => {
  const { cluster, user, server } = await adminEntries();
  const proxy = await startProxy();
  const proxyUrl = proxy.url.replace('//', '//ada:secret@');
  const directory = await directoryWith({
    config: kubeconfigOf({ ...cluster, 'proxy-url': proxyUrl }, user),
    stranger: kubeconfigOf({ server, 'proxy-url': proxyUrl }, user),
  });
  const ours = await ourIdentity(one(directory));
  const asked = `Basic ${Buffer.from('ada:secret').toString('base64')} ${new URL(server).host}`;
  expect(new Set(proxy.asked)).toEqual(new Set([asked]));
  expect(ours).toEqual(await identityByKubectl(one(directory)));
  const error = await ourIdentity(one(directory, 'stranger')).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'kube.untrusted' });
  expect(String(error)).not.toContain('secret');
  expect(await identityByKubectl(one(directory, 'stranger'))).toBeUndefined();
});

test('a proxy of the environment is gone through, but not to loopback and not where NO_PROXY excepts the server', async () => {
  const { cluster, user, server } = await adminEntries();
  const address = Object.values(networkInterfaces())
    .flat()
    .find((found) => found?.family === 'IPv4' && !found.internal);
  const elsewhere = address?.address ?? '192.0.2.1';
  const { port } = new URL(server);
  const remote = { ...cluster, server: `https://${elsewhere}:${port}`, 'tls-server-name': '127.0.0.1' };
  const proxy = await startProxy();
  const directory = await directoryWith({ local: kubeconfigOf(cluster, user), remote: kubeconfigOf(remote, user) });
  const env = { ...process.env, HTTPS_PROXY: proxy.url, NO_PROXY: '' };
  await ourIdentity(one(directory, 'local'), { env });
  expect(proxy.asked).toEqual([]);
  await ourIdentity(one(directory, 'remote'), { env }).catch(() => {}); // the API server may listen on loopback alone
  expect(proxy.asked[0]).toBe(`nobody ${elsewhere}:${port}`);
  const before = proxy.asked.length;
  await identityByKubectl(one(directory, 'remote'), env);
  expect(proxy.asked.slice(before)[0]).toBe(proxy.asked[0]);
  const excepted = proxy.asked.length;
  const except = { ...env, NO_PROXY: `10.255.0.0/16, ${elsewhere}/32` };
  await ourIdentity(one(directory, 'remote'), { env: except }).catch(() => {});
  await identityByKubectl(one(directory, 'remote'), except);
  expect(proxy.asked.length).toBe(excepted);
});

test('insecure-skip-tls-verify is taken with a warning, and not beside a CA, as kubectl does not take it', async () => {
  const { cluster, server } = await adminEntries();
  const token = await tokenOf('insecure');
  const insecure = { server, 'insecure-skip-tls-verify': true };
  const directory = await directoryWith({
    config: kubeconfigOf(insecure, { token }),
    both: kubeconfigOf({ ...cluster, ...insecure }, { token }),
  });
  const warnings: string[] = [];
  const ours = await ourIdentity(one(directory), { warn: (text) => warnings.push(text) });
  expect(ours).toEqual(await identityByKubectl(one(directory)));
  expect(warnings).toEqual([`nobody checks who answers at ${new URL(server).host}: insecure-skip-tls-verify`]);
  await expect(ourIdentity(one(directory, 'both'))).rejects.toMatchObject({ code: 'kube.kubeconfig-invalid' });
  expect(await identityByKubectl(one(directory, 'both'))).toBeUndefined();
});

test('tls-server-name is the name that the certificate has to have', async () => {
  const { cluster, user, server } = await adminEntries();
  const named = (name: string) =>
    kubeconfigOf({ ...cluster, server: server.replace('127.0.0.1', 'localhost'), 'tls-server-name': name }, user);
  const directory = await directoryWith({ config: named('kubernetes.default'), other: named('example.com') });
  expect(await ourIdentity(one(directory))).toEqual(await identityByKubectl(one(directory)));
  await expect(ourIdentity(one(directory, 'other'))).rejects.toMatchObject({ code: 'kube.untrusted' });
  expect(await identityByKubectl(one(directory, 'other'))).toBeUndefined();
});

test('kubectl proxy on loopback is spoken to over http, without credentials', async () => {
  const proxy = spawn(KUBECTL, ['--kubeconfig', inject('kubeconfig'), 'proxy', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    proxy.kill();
    await once(proxy, 'exit');
  });
  const [line] = (await once(createInterface(proxy.stdout), 'line')) as [string];
  const server = `http://${/127\.0\.0\.1:\d+/.exec(line)?.[0]}`;
  const directory = await directoryWith({
    config: kubeconfigOf({ server }, {}),
    bare: kubeconfigOf({ server: server.replace('http://', '') }, {}),
  });
  const warnings: string[] = [];
  for (const name of ['config', 'bare']) {
    const ours = await ourIdentity(one(directory, name), { warn: (text) => warnings.push(text) });
    expect(ours.groups).toContain('system:masters');
    expect(ours).toEqual(await identityByKubectl(one(directory, name)));
  }
  expect(warnings).toEqual([]);
});

test('credentials that the API server refuses are asked for once more', async () => {
  const { cluster } = await adminEntries();
  const token = await tokenOf('renewed');
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', command: './plugin' };
  const directory = await directoryWith({
    config: kubeconfigOf(cluster, { exec }),
    plugin: `#!/bin/sh
cd "$(dirname "$0")"
printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"%s"}}' "$(cat token)"
echo asked >> count
cp good token
`,
    token: 'stale',
    good: token,
  });
  expect((await ourIdentity(one(directory))).username).toBe('system:serviceaccount:default:renewed');
  await writeFile(join(directory, 'token'), 'stale');
  await writeFile(join(directory, 'good'), 'stale');
  await expect(ourIdentity(one(directory))).rejects.toMatchObject({ code: 'kube.unauthorized' });
});
