import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stderr } from 'node:process';
import { Command } from 'commander';
import { type LoadedRepository, loadRepository } from '../addons/load-repository.ts';
import { checkEntries } from '../definition/check-entries.ts';
import type { Definition } from '../definition/definition.ts';
import { type Diagnostic, sortDiagnostics } from '../document/diagnostic.ts';
import { formatDiagnostics, formatSummary } from '../document/format-diagnostics.ts';
import { EXIT } from '../errors/catalogue.ts';
import { loadCredentials } from '../settings/load-credentials.ts';
import { loadSettings } from '../settings/load-settings.ts';
import { createFetchObjects } from '../source/fetch/fetch-objects.ts';
import { createGitSource } from '../source/git-source.ts';
import { type Snapshot, uncommittedTexts } from '../source/snapshot.ts';
import { hasFile, readDirectory } from '../source/tree/read-directory.ts';
import { type OutputFormat, outputOption, printAnswer } from './terminal/output.ts';

interface ValidateOptions {
  readonly branch?: string;
  readonly path?: string;
  readonly output: OutputFormat;
}

/** `kubic-init validate` */
export function validateCommand(): Command {
  const command = new Command('validate')
    .description('Check a cluster repository, here or on a server, and tell everything that is wrong with it')
    .argument('[directory or URL]', 'a clone or plain directory, or an https URL', '.')
    .option('--branch <name>', 'the branch, with a URL (default: main)')
    .option('--path <path>', 'the path of the cluster in it (default: its top)')
    .addOption(outputOption())
    .addHelpText(
      'after',
      `
Needs no cluster. For a private repository name the credentials in KUBIC_INIT_TOKEN_FILE, or in KUBIC_INIT_USERNAME and
KUBIC_INIT_PASSWORD_FILE; the settings of this machine are not used. With -o json the answer is a list of diagnostics.

Exit codes: 0 valid, 64 usage, 65 not valid, 75 temporary (try again later).`,
    )
    .action(async (target: string, options: ValidateOptions) => {
      const [, scheme] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(target) ?? [];
      if (scheme !== undefined && !/^https?$/i.test(scheme)) {
        // the URL itself is not repeated: it may hold a password
        command.error(`error: this is a URL of ${scheme}://: only https:// and http:// are fetched`);
      }
      const { definition, diagnostics } =
        scheme === undefined
          ? await loadDirectory(join(target, options.path ?? ''), command)
          : loadRepository(await fetchFrom(target, options));
      await printAnswer(options.output, diagnostics, () => `${formatValidation(definition, diagnostics)}\n`);
      process.exitCode = definition === undefined ? EXIT.invalid : EXIT.done;
    });
  return command;
}

function formatValidation(definition: Definition | undefined, diagnostics: readonly Diagnostic[]): string {
  if (definition === undefined) return formatDiagnostics(diagnostics);
  const { cluster, accepted, rejected, addons } = definition;
  const parts = [
    `cluster ${cluster.name}`,
    `Kubernetes ${cluster.kubernetesVersion}`,
    `${accepted.length} accepted`,
    `${rejected.length} rejected`,
    `${addons.length} ${addons.length === 1 ? 'add-on' : 'add-ons'}`,
  ];
  const valid = `valid: ${parts.join(', ')} (${formatSummary(diagnostics)})`;
  return diagnostics.length === 0 ? valid : `${formatDiagnostics(diagnostics)}\n${valid}`;
}

async function loadDirectory(
  directory: string,
  command: Command,
): Promise<Pick<LoadedRepository, 'definition' | 'diagnostics'>> {
  await checkDirectory(directory, command);
  if (await hasFile(directory, 'cluster.yaml')) return loadRepository(await readDirectory(directory));
  return { diagnostics: await explainMissing(directory) };
}

/** What is said of a directory without cluster.yaml, by its names alone: it may be any directory, and is not walked. */
async function explainMissing(directory: string): Promise<readonly Diagnostic[]> {
  const names = await readdir(directory);
  const lists = names.includes('nodes') ? await readdir(join(directory, 'nodes')).catch(() => []) : [];
  const paths = [...names.filter((name) => name !== '.git'), ...lists.map((name) => `nodes/${name}`)];
  return sortDiagnostics(checkEntries(uncommittedTexts(paths.map((path) => [path, '']))));
}

async function checkDirectory(directory: string, command: Command): Promise<void> {
  const found = await stat(directory).catch(() => undefined);
  if (found?.isDirectory()) return;
  if (found) command.error(`error: ${directory} is no directory`);
  const isSsh = /^[^/]+@[^/:]+:/.test(directory);
  command.error(`error: ${directory} is ${isSsh ? 'an SSH address: only https:// and http:// are read' : 'not there'}`);
}

async function fetchFrom(url: string, { branch, path }: ValidateOptions): Promise<Snapshot> {
  const settings = await loadSettings({
    flags: { repository: url, branch, path },
    env: process.env,
    withoutFile: true,
  });
  stderr.write(`fetching ${url}\n`);
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort.abort());
  const directory = await mkdtemp(join(tmpdir(), 'kubic-validate-'));
  try {
    const source = createGitSource({
      repository: settings.repository,
      loadCredentials: () => loadCredentials(settings),
      caFile: settings.repository.caFile,
      storeDir: join(directory, 'store'),
      actedOnFile: join(directory, 'acted-on.json'),
      fetchObjects: createFetchObjects(),
    });
    return (await source.fetchSnapshot({ signal: abort.signal })).snapshot;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
