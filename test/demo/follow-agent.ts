import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

interface LogLine {
  readonly msg: string;
  readonly kind?: string;
  readonly reason?: string;
  readonly result?: string;
  readonly ms?: number;
  readonly phase?: string;
  readonly actions?: readonly string[];
  readonly error?: { readonly message?: string };
}

/**
 * Passes on the agent's log, a line for people per entry, until the agent says that it is in sync.
 *
 * @param on what runs a command on its machine
 */
export async function followAgent(on: readonly string[], show: (line: string) => void): Promise<void> {
  const [command = '', ...args] = on;
  const follow = ['journalctl', '--unit=kubic-init', '--follow', '--lines=all', '--output=cat'];
  const child = spawn(command, [...args, ...follow], { stdio: ['ignore', 'pipe', 'inherit'], timeout: 600_000 });
  const closed = once(child, 'close');
  try {
    for await (const text of createInterface({ input: child.stdout })) {
      const line = parseLine(text);
      if (!line) continue;
      show(formatLine(line));
      if (line.phase === 'in-sync') return;
    }
    throw new Error('the agent did not come to be in sync');
  } finally {
    child.kill();
    await closed;
  }
}

/** systemd and Podman write to the same log, not in JSON. */
function parseLine(text: string): LogLine | undefined {
  return text.startsWith('{') ? (JSON.parse(text) as LogLine) : undefined;
}

function formatLine({ msg, kind, reason, result, ms, phase, actions, error }: LogLine): string {
  const took = ms === undefined ? undefined : `in ${(ms / 1000).toFixed(1)} s`;
  const what = [
    kind,
    result === undefined ? reason : undefined,
    result,
    took,
    phase,
    actions?.join(', '),
    error?.message,
  ];
  return `${msg}: ${what.filter((part) => part !== undefined).join(' ')}`.replace(/: $/, '');
}
