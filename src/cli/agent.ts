import { Command } from 'commander';
import { pino } from 'pino';
import { runAgent } from '../agent/agent.ts';
import { boundHeap } from '../agent/bound-heap.ts';
import { createContext } from '../agent/create-context.ts';
import { addSettingsOptions, loadSettingsFor } from './settings-options.ts';
import { announceStop, watchSignals } from './terminal/signals.ts';

/** `kubic-init agent` */
export function agentCommand(): Command {
  const command = new Command('agent')
    .description('Run on this machine for good: sync on the schedule the repository declares')
    .action(async () => {
      boundHeap();
      const settings = await loadSettingsFor(command);
      const context = await createContext(settings);
      const log = pino({ level: settings.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime });
      for (const { file, message, remedy } of settings.warnings) log.warn({ file, message, remedy }, 'settings');
      const signals = watchSignals();
      using _announcing = announceStop(signals.stopSignal);
      try {
        await runAgent(context, signals, log);
      } finally {
        await context.close();
      }
    });
  return addSettingsOptions(command);
}
