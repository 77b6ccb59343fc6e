import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandResult, runCommand } from '../support/command.ts';
import { labCache, leftOfLab } from '../support/lab.ts';
import { labScript } from '../support/provision.ts';

// `make demo` and `make demo-down`, as a person runs them; under a name of its own, for a person's demo may be up.
const LAB = 'demo-e2e';
const env = { ...process.env, KUBIC_DEMO: 'e2e' };
const DIRECTORIES = [path.join(homedir(), '.cache/kubic-init', LAB), path.join(labCache(), 'labs', LAB)];
let screen: string;
let others: string;

interface ListedNode {
  readonly metadata: { readonly name: string };
  readonly status: { readonly conditions: readonly { readonly type: string; readonly status: string }[] };
}

/** The network namespaces, mounts and cgroups of the demo's lab have this in their names. */
const idOfLab = async (): Promise<string> => {
  const place = path.join(labCache(), 'labs', LAB);
  const { stdout } = await runCommand(['sha256sum'], { input: place });
  return `kl-${stdout.slice(0, 8)}`;
};

const make = (target: string): Promise<CommandResult> =>
  runCommand(['make', '--no-print-directory', target], { env, timeoutMs: 560_000 });

/** Runs a command of the demo as its screen shows it; fails when it shows no such command. */
async function runShown(line: string): Promise<string> {
  expect(screen).toContain(line);
  return (await runCommand(line.split(' '), { env, timeoutMs: 180_000 })).stdout;
}

/** The same on a terminal, by a person who has compared the fingerprints and says so. */
async function typeShown(line: string): Promise<string> {
  expect(screen).toContain(line);
  const onTerminal = ['script', '--quiet', '--return', '--command', line, '/dev/null'];
  return (await runCommand(onTerminal, { env, input: 'y\n' })).stdout;
}

const hostsOfPersonsDemo = async (): Promise<string> =>
  (await runCommand([labScript('lab'), 'hosts'], { env: { ...process.env, KUBIC_LAB_NAME: 'demo' } })).stdout;

beforeAll(async () => {
  others = await hostsOfPersonsDemo();
  await make('demo-down'); // of a run of this test that was killed
  screen = (await make('demo')).stdout;
});
afterAll(() => make('demo-down'));

describe('make demo', () => {
  it('tells all its steps, and ends with the accepted machines Ready', async () => {
    const steps = [...screen.matchAll(/^(\d)\/(\d) {2}/gm)].map(([, step]) => Number(step));
    expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const nodes: { items: readonly ListedNode[] } = JSON.parse(
      (await runCommand(['test/demo/on', 'laptop', 'kubectl', 'get', 'nodes', '-o', 'json'], { env })).stdout,
    );
    const ready = ({ metadata, status }: ListedNode): string =>
      `${metadata.name} ${status.conditions.find(({ type }) => type === 'Ready')?.status}`;
    expect(nodes.items.map(ready)).toEqual(['cp-1 True', 'w-1 True', 'w-2 True']);
  });

  it('begins nothing anew while it is up, and shows again what to try', async () => {
    const { stdout } = await make('demo');
    expect(stdout).toContain('The demo is up already');
    expect(stdout).toContain('test/demo/on laptop kubic-init nodes accept w-3');
  });

  it('leaves a third machine waiting, which the commands on its last screen let in', async () => {
    const fingerprint = /SHA256:\S+/.exec(await runShown('test/demo/on w-3 kubic-init identity'))?.[0];
    const pending = await runShown('test/demo/on laptop kubic-init nodes pending');
    expect(pending).toMatch(/^w-3 /m);
    expect(pending).not.toMatch(/^w-[12] /m);
    expect(pending).toContain(fingerprint);
    expect(await typeShown('test/demo/on laptop kubic-init nodes accept w-3')).toContain(fingerprint);
    await runShown('test/demo/on w-3 kubic-init sync --once');
    const wait = ['kubectl', 'wait', '--for=condition=Ready', 'node/w-3', '--timeout=110s'];
    await runCommand(['test/demo/on', 'laptop', ...wait], { env, timeoutMs: 120_000 });
  });
});

describe('make demo-down', () => {
  it('leaves nothing: no process, namespace, mount, cgroup or file', async () => {
    const id = await idOfLab();
    const namespaces = (): string[] => readdirSync('/run/netns').filter((name) => name.startsWith(id));
    expect(namespaces()).toHaveLength(5); // the network and four machines; the name is the right one
    await make('demo-down');
    expect(existsSync('/run/netns') ? namespaces() : []).toEqual([]);
    expect(readFileSync('/proc/mounts', 'utf8')).not.toMatch(new RegExp(`${LAB}/|${id}`));
    expect(DIRECTORIES.filter((directory) => existsSync(directory))).toEqual([]);
    expect(await leftOfLab(LAB)).toEqual([]);
  });

  it('has not touched the demo of a person', async () => {
    expect(await hostsOfPersonsDemo()).toBe(others);
  });
});
