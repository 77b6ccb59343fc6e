import type { Command } from 'commander';
import { loadSettings } from '../settings/load-settings.ts';
import type { Settings } from '../settings/settings.ts';

interface SettingsFlags {
  readonly config?: string;
  readonly repository?: string;
  readonly branch?: string;
  readonly path?: string;
  readonly nodeName?: string;
  readonly acceptRewind?: string;
}

/** The flags that beat the environment and the settings file, on every command that works on this machine. */
export function addSettingsOptions(command: Command): Command {
  return command
    .option('--config <file>', 'the settings file (default: /etc/kubic/kubic-init.yaml)')
    .option('--repository <url>', 'URL of the cluster repository')
    .option('--branch <name>', 'its branch (default: main)')
    .option('--path <path>', 'the path of the cluster in it (default: its top)')
    .option('--node-name <name>', 'the name this machine asks for (default: its hostname)')
    .option('--accept-rewind <commit>', 'act on this commit although it does not descend from the last one acted on');
}

/** The settings as a command's flags and the environment leave them. @throws KubicError settings.* */
export function loadSettingsFor(command: Command): Promise<Settings> {
  return loadSettings({ flags: command.opts<SettingsFlags>(), env: process.env });
}

/** The flags of addSettingsOptions that were given. */
export function givenSettings(command: Command): string[] {
  const flags = ['config', 'repository', 'branch', 'path', 'nodeName', 'acceptRewind'];
  return flags.filter((flag) => command.getOptionValueSource(flag) === 'cli');
}
