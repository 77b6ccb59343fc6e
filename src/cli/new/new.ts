import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stdout } from 'node:process';
import { getSystemErrorMessage } from 'node:util';
import { Command } from 'commander';
import { loadDefinition } from '../../definition/load-definition.ts';
import { formatDiagnostics } from '../../document/format-diagnostics.ts';
import { uncommittedTexts } from '../../source/snapshot.ts';
import { createScaffold, type ScaffoldValues } from './scaffold.ts';

/** `kubic-init new` */
export function newCommand(): Command {
  const command = new Command('new')
    .description('Write a new cluster repository, with comments, into an empty directory')
    .argument('<directory>', 'made where there is none')
    .option('--name <name>', 'name of the cluster', 'kubernetes')
    .option('--kubernetes-version <version>', 'version of Kubernetes', 'v1.36.3')
    .option('--endpoint <host:port>', 'where machines reach the API server', '10.250.0.11:6443')
    .option('--seeder <node>', 'name of the node that bootstraps the cluster', 'cp-1')
    .action(async (directory: string, values: ScaffoldValues) => {
      const files = createScaffold(values);
      const problems = findProblems(files);
      if (problems !== undefined) command.error(`error: these values make no cluster\n${problems}`);
      try {
        if (!(await isEmpty(directory))) command.error(`error: ${directory} is not an empty directory`);
        for (const [path, content] of files) {
          await mkdir(dirname(join(directory, path)), { recursive: true });
          await writeFile(join(directory, path), content, { flag: 'wx' });
        }
      } catch (error) {
        const { errno } = error as NodeJS.ErrnoException;
        if (errno === undefined) throw error;
        command.error(`error: cannot write into ${directory}: ${getSystemErrorMessage(errno)}`);
      }
      stdout.write(`${describe(directory, [...files.keys()])}\n`);
    });
  return command;
}

/** What `validate` would say of it. */
function findProblems(files: ReadonlyMap<string, string>): string | undefined {
  const { definition, diagnostics } = loadDefinition(uncommittedTexts(files));
  return definition === undefined ? formatDiagnostics(diagnostics) : undefined;
}

/** A fresh clone, with nothing but `.git`, counts as empty. */
async function isEmpty(directory: string): Promise<boolean> {
  try {
    return (await readdir(directory)).every((name) => name === '.git');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true; // a file in its place is told, and never overwritten
    throw error;
  }
}

function describe(directory: string, paths: readonly string[]): string {
  const shown = paths.filter((path) => !path.startsWith('.schemas/'));
  return [
    ...shown.map((path) => `wrote ${join(directory, path)}`),
    '',
    'Next:',
    `  edit ${join(directory, 'cluster.yaml')}, above all controlPlaneEndpoint`,
    `  kubic-init validate ${directory}`,
    `  git -C ${directory} init -b main, where it is no clone yet (agents follow main by default); commit and push it`,
    '  start kubic-init with its URL on the machine that becomes the seeder',
  ].join('\n');
}
