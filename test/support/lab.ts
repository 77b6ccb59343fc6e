import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { type CommandOptions, type CommandResult, runCommand, tailOf } from './command.ts';
import { labScript, provision } from './provision.ts';

export const gateway = '10.250.0.1';

/** A running process with all three streams as pipes. */
export type LabProcess = ChildProcessByStdio<Writable, Readable, Readable>;

/** Commands of the lab have 120 s unless told. */
export interface LabExecOptions extends CommandOptions {
  /** Set beside the host's PATH, HOME and LANG; nothing of the test's own environment gets in. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface LabHost {
  readonly name: string;
  readonly ip: string;
  /** Its PID 1 as the machine sees it; null while it is down. */
  readonly pid: number | null;
}

export interface Lab extends AsyncDisposable {
  readonly name: string;
  /** A directory that every host sees, read-only and live, as /opt/lab-files. */
  readonly files: string;
  up(host: string, ip?: string): Promise<void>;
  /** A power cut: disk, machine-id and IP stay. */
  down(host: string): Promise<void>;
  /** A power cut with return. For a clean one, `exec(host, ['systemctl', 'reboot'])`. */
  reboot(host: string): Promise<void>;
  /** Runs a command in a host, by argument list; throws with the end of its output when it fails, unless `check` is false. */
  exec(host: string, argv: readonly string[], options?: LabExecOptions): Promise<CommandResult>;
  /** Starts a command in a host; it ends with the process returned, or with the host. */
  spawn(host: string, argv: readonly string[], env?: Readonly<Record<string, string>>): LabProcess;
  /** Runs a command on the gateway, 10.250.0.1: the machine's files, the lab's network. */
  lan(argv: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** Starts a command on the gateway, such as a server for all hosts; it ends with the lab at the latest. */
  spawnLan(argv: readonly string[], env?: Readonly<Record<string, string>>): LabProcess;
  hosts(): Promise<readonly LabHost[]>;
  /** Deletes one host, or the whole lab. */
  purge(host?: string): Promise<void>;
}

/**
 * A fresh, empty lab. It ends with `purge` or `await using`, and by itself with this process, however that ends: its
 * holder purges it when the pipe between the two closes. What even that left behind is cleared up here, by the next.
 */
export async function createLab(name: string): Promise<Lab> {
  await provision();
  const env = { ...process.env, KUBIC_LAB_NAME: name };
  const holder = spawn(labScript('lab'), ['hold'], { env, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  const root = await firstLine(holder, `lab ${name}`);
  holder.stderr.on('data', (chunk: Buffer) => process.stderr.write(chunk));

  const end = async (): Promise<void> => {
    if (holder.exitCode === null && holder.signalCode === null) {
      const exited = once(holder, 'exit');
      holder.stdin.end();
      await exited;
    }
    if (holder.exitCode !== 0)
      throw new Error(`lab ${name}: the purge failed (${holder.exitCode ?? holder.signalCode})`);
  };

  return openLab(name, root, end);
}

/**
 * A lab that stays when this process ends, until its `purge`, also by another process. It is fresh if there is none of this
 * name yet; otherwise the one that is there.
 */
export async function keepLab(name: string): Promise<Lab> {
  await provision();
  const run = (command: string): Promise<CommandResult> =>
    runCommand([labScript('lab'), command], { timeoutMs: 120_000, env: { ...process.env, KUBIC_LAB_NAME: name } });
  await run('net-up');
  return openLab(name, path.join(labCache(), 'labs', name), async () => void (await run('purge')));
}

/** Whether the lab was ever built to its end; whether anything of it is out of date, `provision` finds out. */
export async function isProvisioned(): Promise<boolean> {
  return access(path.join(labCache(), 'stamps/template')).then(
    () => true,
    () => false,
  );
}

/** Where what all labs share is kept. */
export function labCache(): string {
  return process.env.KUBIC_LAB_CACHE ?? path.join(homedir(), '.cache/kubic-init/lab');
}

function openLab(name: string, root: string, end: () => Promise<void>): Lab {
  const env = { ...process.env, KUBIC_LAB_NAME: name };
  const lab = (argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> =>
    runCommand([labScript('lab'), ...argv], { timeoutMs: 120_000, ...options, env: { ...env, ...options.env } });
  const start = (argv: readonly string[], extra = {}): LabProcess =>
    spawn(labScript('lab'), argv, { env: { ...env, ...extra }, stdio: ['pipe', 'pipe', 'pipe'] });
  return {
    name,
    files: `${root}/files`,
    up: async (host, ip) => void (await lab(ip === undefined ? ['up', host] : ['up', host, ip])),
    down: async (host) => void (await lab(['down', host])),
    reboot: async (host) => void (await lab(['reboot', host])),
    exec: (host, argv, { env: inside, ...options } = {}) => lab(['exec', host, ...withEnv(argv, inside)], options),
    spawn: (host, argv, inside) => start(['exec', host, ...withEnv(argv, inside)]),
    lan: (argv, options) => lab(['lan', ...argv], options),
    spawnLan: (argv, extra) => start(['lan', ...argv], extra),
    hosts: async () => parseHosts((await lab(['hosts'])).stdout),
    purge: async (host) => (host === undefined ? end() : void (await lab(['purge', host]))),
    [Symbol.asyncDispose]: end,
  };
}

/** What is left of a lab on this machine, a line each; nothing after a purge. */
export async function leftOfLab(name: string): Promise<readonly string[]> {
  const { stdout } = await runCommand([labScript('lab'), 'left'], { env: { ...process.env, KUBIC_LAB_NAME: name } });
  return stdout.split('\n').filter((line) => line !== '');
}

/** Clears up all labs whose owner is dead; `createLab` does so by itself. */
export async function sweepLabs(): Promise<void> {
  await runCommand([labScript('lab'), 'sweep'], { timeoutMs: 120_000 });
}

function withEnv(argv: readonly string[], env: Readonly<Record<string, string>> = {}): readonly string[] {
  const pairs = Object.entries(env).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? argv : ['env', ...pairs, ...argv];
}

function parseHosts(lines: string): readonly LabHost[] {
  return lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name = '', ip = '', pid = '-'] = line.split(' ');
      return { name, ip, pid: pid === '-' ? null : Number(pid) };
    });
}

async function firstLine(child: LabProcess, what: string): Promise<string> {
  let errors = '';
  const note = (chunk: Buffer): void => {
    errors += chunk.toString();
  };
  child.stderr.on('data', note);
  const closed = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) {
    child.stderr.off('data', note);
    return line;
  }
  await closed;
  throw new Error(`${what} did not start: ${tailOf(errors)}`);
}
