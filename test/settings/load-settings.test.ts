import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KubicError } from '../../src/errors/kubic-error.ts';
import { loadSettings, type SettingsInput } from '../../src/settings/load-settings.ts';
import { parseListen } from '../../src/settings/parse-listen.ts';
import { runCommand } from '../support/command.ts';

const HEADER = 'apiVersion: kubic.suse.com/v1beta1\nkind: KubicInitConfiguration\n';
const COMMIT = '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12';

let directory: string;
let config: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kubic-settings-'));
  config = join(directory, 'kubic-init.yaml');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function load(text: string, input: SettingsInput = {}): ReturnType<typeof loadSettings> {
  await writeFile(config, text);
  return loadSettings({ ...input, flags: { config, ...input.flags } });
}

/** The problems that the error carries, without the directory. */
async function problemsOf(promise: Promise<unknown>): Promise<unknown> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof KubicError)) throw new Error(`no KubicError: ${String(error)}`);
  expect(error.code).toBe('settings.invalid');
  return (error.facts.problems as readonly string[]).map((line) => line.replaceAll(`${directory}/`, ''));
}

describe('sources', () => {
  test('a URL is enough; everything else has a default', async () => {
    expect(await load(`${HEADER}repository: {url: "https://git.example.com/c.git"}\n`)).toEqual({
      repository: { url: 'https://git.example.com/c.git', branch: 'main', path: '.' },
      stateDir: '/var/lib/kubic-init',
      runtimeDir: '/run/kubic-init',
      enrolment: { listen: ':9443' },
      logLevel: 'info',
      warnings: [],
    });
  });

  test('flags beat the environment, which beats the file, field by field', async () => {
    const text = `${HEADER}repository: {url: "https://a/file", branch: file, path: file}\nnodeName: file\n`;
    const settings = await load(text, {
      env: {
        KUBIC_INIT_BRANCH: 'env',
        KUBIC_INIT_PATH: 'env/x',
        KUBIC_INIT_LISTEN: '[::1]:8443',
        KUBIC_INIT_NODE_NAME: '',
      },
      flags: { path: 'flag', acceptRewind: COMMIT, nodeName: undefined, once: true },
    });
    expect(settings).toMatchObject({
      repository: { url: 'https://a/file', branch: 'env', path: 'flag' },
      nodeName: 'file',
      acceptRewind: COMMIT,
      enrolment: { listen: '[::1]:8443' },
    });
  });

  test('the environment alone will do, and may name the file', async () => {
    await writeFile(config, `${HEADER}logLevel: debug\n`);
    const env = { KUBIC_INIT_CONFIG: config, KUBIC_INIT_REPOSITORY: 'https://a/b' };
    expect(await loadSettings({ env })).toMatchObject({ logLevel: 'debug', repository: { url: 'https://a/b' } });
    expect(await loadSettings({ env, withoutFile: true })).toMatchObject({ logLevel: 'info' });
  });

  test('a file that was named has to be there and be a file', async () => {
    await expect(loadSettings({ flags: { config } })).rejects.toMatchObject({ code: 'settings.unreadable' });
    await expect(loadSettings({ flags: { config: directory } })).rejects.toMatchObject({
      message: `the settings file cannot be read: ${directory} is not a regular file`,
    });
    await runCommand(['mkfifo', config]);
    await expect(loadSettings({ flags: { config } })).rejects.toMatchObject({ code: 'settings.unreadable' });
  });

  test('a file without end is not read', async () => {
    await expect(load(`#${'x'.repeat(1024 * 1024)}`)).rejects.toMatchObject({ code: 'settings.unreadable' });
  });
});

describe('what is wrong', () => {
  test('is told all at once, with the place or the name of flag and variable', async () => {
    // by the names of the files, and the settings file's begins with a slash
    const text = `${HEADER}repository: {url: "git@host:c.git", path: ../x, signers: []}\nnodename: w-1\nenrolment: {listen: ":99999"}\n`;
    const env = { KUBIC_INIT_BRNACH: 'x', KUBIC_INIT_LOG_LEVEL: 'loud', KUBIC_INIT_SERVICE_HOST: 'of-kubernetes' };
    expect(await problemsOf(load(text, { env, flags: { branch: '-x' } }))).toEqual([
      '--branch error definition.invalid-value: `repository.branch` cannot be `-x`: its form is wrong',
      'kubic-init.yaml:3:19 error definition.invalid-value: the value of `repository.url` is not valid',
      'kubic-init.yaml:3:43 error definition.invalid-value: `repository.path` cannot be `../x`: it has a `.` or `..` between its slashes',
      'kubic-init.yaml:3:49 error definition.unknown-field: unknown field `signers` in `repository`',
      'kubic-init.yaml:4:1 error definition.unknown-field: unknown field `nodename`; did you mean `nodeName`?',
      'kubic-init.yaml:5:21 error definition.invalid-value: `enrolment.listen` cannot be `:99999`: the port is not within 1–65535',
      'KUBIC_INIT_BRNACH error settings.unknown-variable: unknown variable; did you mean `KUBIC_INIT_BRANCH`?',
      'KUBIC_INIT_LOG_LEVEL error definition.invalid-value: `logLevel` cannot be `loud`',
    ]);
  });

  test('a machine that does not know its repository is told three ways to say it', async () => {
    const error = await load(HEADER).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      code: 'settings.invalid',
      facts: { problems: [`${config} error settings.no-repository: \`repository.url\` is missing`] },
      hint: 'Write `repository: {url: …}` into it, set KUBIC_INIT_REPOSITORY, or pass --repository.',
    });
  });

  test('the settings of another release or kind are refused', async () => {
    expect(await problemsOf(load('apiVersion: kubic.suse.com/v1alpha2\nkind: KubicInitConfiguration\n'))).toEqual([
      'kubic-init.yaml:1:13 error definition.wrong-version: apiVersion is `kubic.suse.com/v1alpha2`; this program reads `kubic.suse.com/v1beta1`',
    ]);
    expect(await problemsOf(load('apiVersion: kubic.suse.com/v1beta1\nkind: Cluster\n'))).toEqual([
      'kubic-init.yaml:2:7 error definition.wrong-kind: kind is `Cluster`; a KubicInitConfiguration belongs in this file',
    ]);
  });

  test.each([
    'repository: {url: "https://user:hunter2@host/c.git"}',
    'repository: {url: "https://user:hunter2/x@host/c.git"}',
    'repository: {url: "https://host/c.git?token=hunter2"}',
    'repository: {url: "https://host/c.git", credentials: {tokenFile: hunter2}}',
    'repository: {url: "https://host/c.git", credentials: {basic: {username: [hunter2], passwordFile: hunter2}}}',
    'repository: {url: "https://host/c.git", credentials: {token: hunter2}}',
  ])('no problem shows a secret: %s', async (line) => {
    const problems = await problemsOf(load(`${HEADER}${line}\n`));
    expect(problems).not.toEqual([]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });
});

describe('credentials', () => {
  const withCredentials = (credentials: string, scheme = 'https'): string =>
    `${HEADER}repository: {url: "${scheme}://host/c.git", credentials: ${credentials}}\n`;

  test.each([
    ['{}', '`credentials` has neither `tokenFile` nor `basic`'],
    ['{tokenFile: /t, basic: {username: a, passwordFile: /p}}', '`tokenFile` and `basic` are both set'],
    ['{basic: {username: a}}', '`basic` needs `passwordFile`'],
    ['{basic: {passwordFile: /p}}', '`basic` needs `username` or `usernameFile`, one of them'],
    [
      '{basic: {username: a, usernameFile: /u, passwordFile: /p}}',
      '`basic` needs `username` or `usernameFile`, one of them',
    ],
  ])('%s: %s', async (credentials, message) => {
    expect(await problemsOf(load(withCredentials(credentials)))).toEqual([
      `kubic-init.yaml:3:54 error settings.credentials: ${message}`,
    ]);
  });

  test('a file that others can read is worth a warning, and so is a URL in the clear', async () => {
    const tokenFile = join(directory, 'token');
    await writeFile(tokenFile, 'x');
    await chmod(tokenFile, 0o640);
    const warnings = async (scheme: string): Promise<readonly string[]> =>
      (await load(withCredentials(`{tokenFile: ${tokenFile}}`, scheme))).warnings.map(({ message }) => message);
    expect(await warnings('http')).toEqual([
      'the credentials are sent in the clear: the URL begins with http:',
      `${tokenFile} has mode 0640: others than its owner can read it`,
    ]);
    await chmod(tokenFile, 0o600);
    expect(await warnings('https')).toEqual([]);
  });
});

test('an address to listen on is taken apart', () => {
  expect([':9443', '10.0.0.1:1', '[::1]:2'].map(parseListen)).toEqual([
    { port: 9443 },
    { host: '10.0.0.1', port: 1 },
    { host: '::1', port: 2 },
  ]);
});
