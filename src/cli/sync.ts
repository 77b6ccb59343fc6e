import { setTimeout as delay } from 'node:timers/promises';
import { Command } from 'commander';
import { backoffMs } from '../agent/backoff.ts';
import { createContext } from '../agent/create-context.ts';
import { holdMachine } from '../agent/hold-machine.ts';
import { runSync, type SyncSignals } from '../agent/run-sync.ts';
import type { Status } from '../generated/status.generated.ts';
import type { Settings } from '../settings/settings.ts';
import { runtimePath } from '../state/paths.ts';
import { syncThroughAgent } from './agent-client.ts';
import { exitCodeOfStatus } from './exit-code-of-status.ts';
import { formatStatus } from './format/format-status.ts';
import { addSettingsOptions, givenSettings, loadSettingsFor } from './settings-options.ts';
import { type OutputFormat, outputOption, printAnswer } from './terminal/output.ts';
import { createProgressPrinter, type ProgressPrinter } from './terminal/progress-printer.ts';
import { announceStop, watchSignals } from './terminal/signals.ts';

interface SyncOptions {
  readonly once?: boolean;
  readonly output: OutputFormat;
}

/** `kubic-init sync` */
export function syncCommand(): Command {
  const command = new Command('sync')
    .description('Make this machine what the repository says: one sync after another until it is in sync')
    .option('--once', 'do one sync and end')
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Beside a running agent the agent does the sync, by its own settings, and its progress is shown here. With flags for other
settings the agent has to be stopped first.

Exit codes: 0 done or in sync, 1 failed, 64 usage, 65 invalid definition or settings, 75 temporary (try again later).`,
    )
    .action(async (options: SyncOptions) => {
      const settings = await loadSettingsFor(command);
      const signals = watchSignals();
      const printer = createProgressPrinter();
      const given = givenSettings(command);
      const status = await (options.once ? syncOnce : syncUntilDone)(settings, signals, printer, given);
      printer.stop();
      await printAnswer(options.output, status, () => formatStatus(status));
      process.exitCode = exitCodeOfStatus(status);
    });
  return addSettingsOptions(command);
}

/** @param given flags for settings of this sync alone: an agent that runs has its own, so with them it is not asked */
async function syncOnce(
  settings: Settings,
  signals: SyncSignals,
  printer: ProgressPrinter,
  given: readonly string[],
): Promise<Status> {
  const socket = runtimePath(settings.runtimeDir, 'socket');
  const status = given.length > 0 ? undefined : await syncThroughAgent(socket, printer.emit, signals.stopSignal);
  return status ?? syncHere(settings, signals, printer);
}

async function syncHere(settings: Settings, signals: SyncSignals, printer: ProgressPrinter): Promise<Status> {
  return holdMachine(settings, signals, async (held) => {
    using _announcing = announceStop(signals.stopSignal);
    const context = await createContext(settings);
    try {
      return (await runSync(context, held, printer.emit)).status;
    } finally {
      await context.close();
    }
  });
}

/** Syncs until nothing is left that another sync could change: in sync, rejected, held, or an error that needs a commit. */
async function syncUntilDone(
  settings: Settings,
  signals: SyncSignals,
  printer: ProgressPrinter,
  given: readonly string[],
): Promise<Status> {
  for (let attempt = 1; ; attempt++) {
    const status = await syncOnce(settings, signals, printer, given);
    const waits = status.phase === 'pending' || status.phase === 'waiting' || progresses(status);
    if (!waits || signals.stopSignal.aborted) return status;
    const pause = status.phase === 'pending' ? 5_000 : backoffMs(attempt, Math.random());
    printer.emit({ type: 'stage', text: `${status.phase}: the next sync is in ${Math.round(pause / 1000)} s` });
    await delay(pause, undefined, { signal: signals.stopSignal }).catch(() => {});
  }
}

function progresses(status: Status): boolean {
  return status.phase === 'in-sync' && status.addons.some((addon) => addon.status === 'progressing');
}
