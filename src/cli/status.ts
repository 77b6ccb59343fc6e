import { watch } from 'node:fs';
import { stdout } from 'node:process';
import { Command } from 'commander';
import { KubicError } from '../errors/kubic-error.ts';
import type { Status } from '../generated/status.generated.ts';
import { STATE_FILES } from '../state/paths.ts';
import { loadStatus } from '../state/status-file.ts';
import { formatStatus, formatStatusLine } from './format/format-status.ts';
import { type OutputFormat, outputOption, printAnswer } from './terminal/output.ts';

interface StatusOptions {
  readonly output: OutputFormat;
  readonly oneline?: boolean;
  readonly watch?: boolean;
  readonly stateDir: string;
}

/** `kubic-init status` */
export function statusCommand(): Command {
  return new Command('status')
    .description('Say where this machine stands: phase, commit, add-ons, what is held, what failed')
    .addOption(outputOption())
    .option('--oneline', 'one line, for a prompt or a login banner')
    .option('--watch', 'print again whenever it changes')
    .option('--state-dir <dir>', 'where the agent keeps its state', '/var/lib/kubic-init')
    .action(async (options: StatusOptions) => {
      await printStatus(options);
      if (options.watch) await watchStatus(options);
    });
}

async function printStatus(options: StatusOptions): Promise<void> {
  const status = await loadStatus(options.stateDir);
  if (!status) throw new KubicError('agent.no-status', { detail: options.stateDir });
  await print(status, options);
}

async function print(status: Status, options: StatusOptions): Promise<void> {
  if (options.oneline) stdout.write(formatStatusLine(status));
  else await printAnswer(options.output, status, () => formatStatus(status));
}

/** The file is renamed into place, so the directory is what is watched. */
async function watchStatus(options: StatusOptions): Promise<void> {
  let shown = '';
  for await (const _ of changes(options.stateDir)) {
    const status = await loadStatus(options.stateDir);
    const text = JSON.stringify(status);
    if (status && text !== shown) await print(status, options);
    shown = text;
  }
}

async function* changes(directory: string): AsyncGenerator<void> {
  for (;;) {
    await new Promise<void>((resolve, reject) => {
      const watcher = watch(directory, (_event, name) => {
        if (name !== STATE_FILES.status.name) return;
        watcher.close();
        resolve();
      });
      watcher.on('error', reject);
    });
    yield;
  }
}
