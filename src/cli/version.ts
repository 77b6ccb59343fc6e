import { stdout } from 'node:process';
import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };

/** `kubic-init version` */
export function versionCommand(): Command {
  return new Command('version').description('Print the version of this program').action(() => {
    stdout.write(`kubic-init ${packageJson.version}\n`);
  });
}
