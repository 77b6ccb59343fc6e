import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { ownedFiles } from '../../src/generated/owned-files.generated.ts';
import { AUTHORIZATION_DIRECTORY, ETCD_MEMBER_DIRECTORY, KUBEADM_FILES } from '../../src/platform/host-paths.ts';
import { loadSettings } from '../../src/settings/load-settings.ts';
import type { Settings } from '../../src/settings/settings.ts';
import { runCommand } from '../support/command.ts';

interface WrittenFile {
  readonly path: string;
  readonly permissions?: string;
  readonly content: string;
}

const text = (file: string): Promise<string> => readFile(file, 'utf8');

async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'kubic-init-container-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

/** With a directory that stands for /etc/kubic, in which the files that settings may name are there. */
async function loadSettingsText(content: string): Promise<Settings> {
  const directory = await temporaryDirectory();
  for (const name of ['git-token', 'git-ca.pem']) await writeFile(path.join(directory, name), 'x\n', { mode: 0o600 });
  const config = path.join(directory, 'kubic-init.yaml');
  await writeFile(config, content.replaceAll('/etc/kubic/', `${directory}/`));
  return loadSettings({ flags: { config } });
}

/** Source paths of the unit's mounts, by whether they are read-only. */
async function mounts(): Promise<Map<string, { readOnly: boolean }>> {
  const unit = await text('init/kubic-init.service');
  const volumes = [...unit.matchAll(/--volume=([^:]+):([^:\s]+):(\S+)/g)];
  expect(volumes.map(([, source]) => source)).toEqual(volumes.map(([, , target]) => target));
  return new Map(
    volumes.map(([, source = '', , options = '']) => [source, { readOnly: options.split(',').includes('ro') }]),
  );
}

describe('the unit', () => {
  it('mounts every directory the agent writes files of the host in', async () => {
    const writable = [...(await mounts())].filter(([, { readOnly }]) => !readOnly).map(([source]) => `${source}/`);
    const issue = '/etc/issue.d/kubic-init.issue';
    for (const file of [
      ...ownedFiles.map(({ path }) => path),
      ...KUBEADM_FILES,
      `${AUTHORIZATION_DIRECTORY}/x`,
      issue,
    ]) {
      expect(
        writable.filter((directory) => file.startsWith(directory)),
        file,
      ).toHaveLength(1);
    }
  });

  it('gives settings and etcd data to look at only', async () => {
    const all = await mounts();
    expect(all.get('/etc/kubic')).toEqual({ readOnly: true });
    expect(all.get(path.dirname(ETCD_MEMBER_DIRECTORY))).toEqual({ readOnly: true });
  });

  it('has each mount and the privileges justified by a comment', async () => {
    const lines = (await text('init/kubic-init.service')).split('\n');
    const blocks = lines.flatMap((line, index) =>
      line.includes('--volume=') && !lines[index - 1]?.includes('--volume=') ? [index] : [],
    );
    for (const index of blocks) expect(lines[index - 1], lines[index]).toMatch(/^#/);
    for (const flag of ['--privileged', '--pid=host', '--net=host', '--uts=host'])
      expect(lines.join('\n')).toMatch(new RegExp(`^#   ${flag}: `, 'm'));
  });
});

describe('the command on the host', () => {
  it('runs in the agent, or in a container of the same mounts and image where none runs', async () => {
    const directory = await temporaryDirectory();
    const unit = path.join(directory, 'kubic-init.service');
    const volume = `--volume=${directory}:${directory}:bind,private`;
    await writeFile(unit, `Environment=KUBIC_INIT_IMAGE=localhost/x:1\n# --volume=/a:/a\n    ${volume} \\\n`);
    const podman = 'if [ "$1" = container ]; then echo $RUNNING; else printf "%s|" "$@"; fi';
    await writeFile(path.join(directory, 'podman'), `#!/bin/sh\n${podman}\n`, { mode: 0o755 });
    await writeFile(path.join(directory, 'systemctl'), `#!/bin/sh\necho ${unit}\n`, { mode: 0o755 });
    const run = async (running: string): Promise<string> => {
      const env = { PATH: `${directory}:${process.env.PATH}`, RUNNING: running };
      return (await runCommand(['init/kubic-init.sh', 'explain', 'a b'], { env })).stdout;
    };
    expect(await run('true')).toBe('exec|--interactive|--env=NO_COLOR|kubic-init|kubic-init|explain|a b|');
    const stopped = await run('false');
    expect(stopped).toContain(
      `|--privileged|--pid=host|--net=host|--uts=host|--read-only|${volume}|localhost/x:1|explain|a b|`,
    );
    expect(stopped).not.toContain('/a:/a');
  });
});

describe('what a machine is given', () => {
  it('is a settings file that works as soon as the URL is right', async () => {
    const { repository } = await loadSettingsText(await text('init/kubic-init.yaml'));
    expect(repository.url).toBe('https://git.example.com/ops/cluster.git');
  });

  it('is still right with every line that is commented out taken in', async () => {
    const all = (await text('init/kubic-init.yaml')).replace(/^#(?=( {2})*[A-Za-z]+:)/gm, '');
    const { repository, nodeName, logLevel } = await loadSettingsText(all);
    expect(repository).toMatchObject({
      branch: 'main',
      path: 'clusters/demo',
      caFile: expect.stringContaining('git-ca'),
    });
    expect(repository.credentials).toMatchObject({ tokenFile: expect.stringContaining('git-token') });
    expect({ nodeName, logLevel }).toEqual({ nodeName: 'w-1', logLevel: 'info' });
  });

  it.each(['cloud-init.yaml', 'cloud-init-install.yaml'])(
    'by %s is the URL of the repository, readable by root only, and no secret',
    async (file) => {
      const userData = parse(await text(`deployments/${file}`)) as { write_files: WrittenFile[] };
      const settings = userData.write_files.filter(({ path }) => path === '/etc/kubic/kubic-init.yaml');
      expect(settings).toMatchObject([{ permissions: '0600' }]);
      const content = settings[0]?.content ?? '';
      await loadSettingsText(content);
      expect(Object.keys(parse(content).repository)).toEqual(['url']);
    },
  );

  it('by cloud-init-install.yaml is what the image carries', async () => {
    const copied = [
      ...(await text('deployments/cloud-init-install.yaml')).matchAll(/kubic-init-files:(\S+\/)([^/,]+),/g),
    ];
    const dockerfile = await text('Dockerfile');
    expect(copied.length).toBeGreaterThan(0);
    for (const [, directory, name] of copied)
      expect(dockerfile).toMatch(new RegExp(`^COPY .*init/${name}.* ${directory}$`, 'm'));
  });
});
