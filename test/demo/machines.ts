import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../support/command.ts';
import { applyUserData, installAgentContainer } from '../support/container-agent.ts';
import { eventually } from '../support/e2e-cluster.ts';
import type { Lab } from '../support/lab.ts';
import { followAgent } from './follow-agent.ts';
import type { Narrator } from './narrator.ts';
import { ADDRESSES, KUBECONFIG, REPOSITORY_URL, SEEDER } from './place.ts';

const ON = fileURLToPath(new URL('on', import.meta.url));

/** What the story needs of the machines. Commands are shown as one would type them. */
export interface Machines {
  /** Boots a machine as its OS image would: the agent's container is installed and waits for its settings. */
  boot(machine: string): Promise<void>;
  /** Gives it its user data: the agent starts. */
  start(machine: string): Promise<void>;
  /** Runs a command on a machine, shows it and its output as it comes; answers the output. Throws when it fails, unless `check` is false. */
  run(
    machine: string,
    argv: readonly string[],
    options?: { readonly check?: boolean; readonly timeoutMs?: number },
  ): Promise<string>;
  /** Shows the log of its agent until it is in sync. */
  followUntilInSync(machine: string): Promise<void>;
  /** Like `run`, unseen. */
  ask(machine: string, argv: readonly string[]): Promise<string>;
  /** Repeats an unseen command until its output satisfies. */
  until(what: string, machine: string, argv: readonly string[], satisfied: (output: string) => boolean): Promise<void>;
}

export function createMachines(lab: Lab, narrator: Narrator): Machines {
  const ask: Machines['ask'] = async (machine, argv) => (await runCommand([ON, machine, ...argv])).stdout;
  return {
    boot: async (machine) => {
      await lab.up(machine, ADDRESSES[machine]);
      await installAgentContainer(lab, machine);
    },
    start: (machine) => applyUserData(lab, machine, REPOSITORY_URL),
    ask,
    run: async (machine, argv, { check = true, timeoutMs = 300_000 } = {}) => {
      narrator.command(`test/demo/on ${machine} ${argv.map(quote).join(' ')}`);
      return narrator.during(`${argv.slice(0, 3).join(' ')} on ${machine}`, () =>
        stream([ON, machine, ...argv], narrator, check, timeoutMs),
      );
    },
    followUntilInSync: async (machine) => {
      narrator.command(`test/demo/on ${machine} journalctl -u kubic-init -f -o cat   # shortened here`);
      await narrator.during('the agent works', () => followAgent([ON, machine], narrator.output));
    },
    until: (what, machine, argv, satisfied) =>
      narrator.during(`until ${what}`, () =>
        eventually(what, async () => {
          const output = await ask(machine, argv);
          if (!satisfied(output)) throw new Error(output);
        }),
      ),
  };
}

/** The administrator's kubeconfig, as one fetches it from the seeder. */
export async function fetchKubeconfig(lab: Lab): Promise<void> {
  const { stdout } = await lab.exec(SEEDER, ['cat', '/etc/kubernetes/admin.conf']);
  await writeFile(KUBECONFIG, stdout, { mode: 0o600 });
}

async function stream(argv: readonly string[], narrator: Narrator, check: boolean, timeoutMs: number): Promise<string> {
  const [command = '', ...args] = argv;
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: timeoutMs });
  const lines: string[] = [];
  const show = (line: string): void => {
    lines.push(line);
    narrator.output(line);
  };
  const ended = Promise.withResolvers<number | null>();
  child.once('error', ended.reject);
  child.once('close', ended.resolve);
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', show);
  const code = await ended.promise;
  if (check && code !== 0) throw new Error(`${args.join(' ')}: exit code ${code}`);
  return lines.join('\n');
}

function quote(word: string): string {
  return /^[\w./:=@%+,{}-]+$/.test(word) ? word : `'${word}'`;
}
