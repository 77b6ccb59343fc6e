import { Command } from 'commander';
import { createContext } from '../agent/create-context.ts';
import { EXIT } from '../errors/catalogue.ts';
import { renderPlanDocument } from '../report/plan-document.ts';
import { findPlan } from '../sync/find-plan.ts';
import { formatPlan } from './format/format-plan.ts';
import { addSettingsOptions, loadSettingsFor } from './settings-options.ts';
import { type OutputFormat, outputOption, printAnswer } from './terminal/output.ts';
import { watchSignals } from './terminal/signals.ts';

/** `kubic-init plan` */
export function planCommand(): Command {
  const command = new Command('plan')
    .description('Show what a sync would do on this machine, and change nothing')
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Exit codes: 0 nothing to do, 2 there is something to do, 1 failed, 64 usage, 65 invalid definition or settings, 75 temporary.`,
    )
    .action(async (options: { readonly output: OutputFormat }) => {
      const context = await createContext(await loadSettingsFor(command));
      try {
        const { source, settings, machine, journalFile, exec, adminClient } = context;
        const { stateDir } = settings;
        const reading = { source, settings, machine, stateDir, journalFile, exec, adminClient };
        const { stopSignal: signal } = watchSignals();
        const document = renderPlanDocument(await findPlan({ ...reading, signal, emit: () => {} }));
        await printAnswer(options.output, document, () => formatPlan(document));
        process.exitCode = document.actions.length > 0 ? EXIT.changes : EXIT.done;
      } finally {
        await context.close();
      }
    });
  return addSettingsOptions(command);
}
