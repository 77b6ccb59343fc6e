import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { KubicError } from '../../src/errors/kubic-error.ts';
import { loadSettings } from '../../src/settings/load-settings.ts';
import { flagName, settingSources } from '../../src/settings/setting-sources.ts';
import { emptySettings, withField } from '../support/empty-values.ts';
import type { Schema } from '../tools/schema.ts';

/** Every setting, none of them at its default; the other way to authenticate stands where it is asked about. */
const FULL = {
  apiVersion: 'kubic.suse.com/v1beta1',
  kind: 'KubicInitConfiguration',
  repository: {
    url: 'https://git.example.com/c.git',
    branch: 'live',
    path: 'clusters/demo',
    credentials: { basic: { username: 'deploy', passwordFile: '/etc/kubic/password' } } as object,
    caFile: '/etc/kubic/ca.pem',
  },
  acceptRewind: '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12',
  nodeName: 'w-1',
  stateDir: '/var/lib/other',
  runtimeDir: '/run/other',
  enrolment: { listen: ':9444' },
  engineSocket: '/run/podman.sock',
  logLevel: 'debug',
};

/** The code that refuses an empty mapping, or that it counts as if it were not there. */
const ROWS: Readonly<Record<string, string>> = {
  'apiVersion = ""': 'definition.wrong-version',
  'apiVersion = null': 'definition.wrong-version',
  'kind = ""': 'definition.wrong-kind',
  'kind = null': 'definition.wrong-kind',
  'repository = {}': 'settings.no-repository',
  'repository.credentials = {}': 'settings.credentials',
  'repository.credentials.basic = {}': 'settings.credentials',
  'enrolment = {}': 'as if left out',
};

const schema = JSON.parse(
  await readFile(join(import.meta.dirname, '../../schemas/kubic-init-configuration.schema.json'), 'utf8'),
) as Schema;

let config: string;
beforeEach(async () => {
  config = join(await mkdtemp(join(tmpdir(), 'kubic-settings-')), 'kubic-init.yaml');
});
afterEach(() => rm(join(config, '..'), { recursive: true, force: true }));

async function load(text: string, env: Record<string, string> = {}, flags: object = {}): Promise<unknown> {
  await writeFile(config, text);
  return loadSettings({ flags: { ...flags, config }, env }).catch((error: unknown) => {
    if (!(error instanceof KubicError) || error.code !== 'settings.invalid') throw error;
    return (error.facts.problems as readonly string[]).map((line) => line.replace(config, 'file'));
  });
}

function settingsWith(field: string): object {
  const credentials: Readonly<Record<string, object>> = {
    'repository.credentials.tokenFile': { tokenFile: '/etc/kubic/token' },
    'repository.credentials.basic.usernameFile': { basic: { usernameFile: '/u', passwordFile: '/p' } },
  };
  return {
    ...FULL,
    repository: { ...FULL.repository, ...(credentials[field] && { credentials: credentials[field] }) },
  };
}

describe('the settings file', () => {
  const settings = emptySettings(schema);

  test('every row is of a setting that the schema has', () => {
    const titles = settings.map(({ title }) => title);
    expect(Object.keys(ROWS).filter((title) => !titles.includes(title))).toEqual([]);
  });

  test.each(settings)('$title', async ({ field, value, title }) => {
    const row = ROWS[title] ?? (value === '' || value === null ? 'definition.invalid-value' : undefined);
    if (row === undefined) throw new Error(`no row says what ${title} does`);
    const document = settingsWith(field);
    const { text, line } = withField(document, field, value);
    const found = await load(text);
    if (row === 'as if left out') expect(found).toEqual(await load(withField(document, field, undefined).text));
    else {
      // that there is no repository is said of the file as a whole; credentials are checked together
      const place = row.startsWith('settings.') ? 'file(:\\d+:\\d+)?' : `file:${line}:\\d+`;
      expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${place} error ${row}: `)));
    }
  });
});

test.each(settingSources)('the variable $variable counts as not set where it is empty', async ({ field, variable }) => {
  const text = stringify(settingsWith(field.join('.')));
  expect(await load(text, { [variable]: '' })).toEqual(await load(text));
});

test.each(settingSources.flatMap(({ flag }) => flag ?? []))(
  'the flag %s is refused where it is empty',
  async (flag) => {
    expect(await load(stringify(FULL), {}, { [flag]: '' })).toEqual([
      expect.stringMatching(new RegExp(`^${flagName(flag)} error definition.invalid-value: `)),
    ]);
  },
);
