import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';

/** What one commit changes. Paths are `/`-separated; values of `files` are whole contents. */
export interface Change {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly executables?: Readonly<Record<string, string>>;
  /** Path → target. */
  readonly symlinks?: Readonly<Record<string, string>>;
  /** Path → commit id of the other repository. */
  readonly submodules?: Readonly<Record<string, string>>;
  /** Files or whole directories. */
  readonly remove?: readonly string[];
}

interface ForcePush {
  /** The commit to build upon; undefined makes an unrelated root commit. */
  readonly from?: string;
  readonly message?: string;
}

/** A bare repository, as a Git host keeps one, with commits made by the real git. */
export interface ClusterRepository {
  readonly path: string;
  readonly branch: string;
  /** Commits on top of the branch (the first call makes it); resolves to the new head. */
  commit(change: Change, message?: string): Promise<string>;
  /** Replaces the branch by a commit that does not descend from its head; resolves to the new head. */
  forcePush(change: Change, options?: ForcePush): Promise<string>;
  head(): Promise<string>;
  /** Runs git in the bare repository; resolves to its trimmed standard output. */
  git(args: readonly string[], input?: string | Uint8Array): Promise<string>;
}

/** @param path directory to create, conventionally ending in `.git` and below the root of a test server */
export async function createClusterRepository(
  path: string,
  options: { readonly branch?: string } = {},
): Promise<ClusterRepository> {
  const branch = options.branch ?? 'main';
  const ref = `refs/heads/${branch}`;
  await mkdir(path, { recursive: true });
  const git = (args: readonly string[], input?: string | Uint8Array): Promise<string> => runGit(path, args, input);
  await git(['init', '--quiet', '--bare', `--initial-branch=${branch}`, '.']);
  await git(['config', 'http.receivepack', 'true']);

  const head = (): Promise<string> => git(['rev-parse', '--verify', '--quiet', ref]);
  const hasHead = async (): Promise<boolean> => (await git(['for-each-ref', ref])) !== '';
  const write = async (change: Change, message: string, from: string | undefined): Promise<string> => {
    await git(['fast-import', '--quiet', '--force'], formatCommit(ref, change, message, from));
    return head();
  };
  return {
    path,
    branch,
    git,
    head,
    commit: async (change, message = 'Change the cluster') =>
      write(change, message, (await hasHead()) ? `${ref}^0` : undefined),
    forcePush: async (change, { from, message = 'Rewrite the cluster' } = {}) => {
      if (from === undefined && (await hasHead())) await git(['update-ref', '-d', ref]);
      return write(change, message, from);
    },
  };
}

function formatCommit(ref: string, change: Change, message: string, from: string | undefined): Buffer {
  const parts: (string | Uint8Array)[] = [`commit ${ref}\n`];
  const data = (content: string | Uint8Array): void => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    parts.push(`data ${bytes.length}\n`, bytes, '\n');
  };
  parts.push(`committer Ada Admin <ada@example.com> ${Math.floor(Date.now() / 1000)} +0000\n`);
  data(message);
  if (from !== undefined) parts.push(`from ${from}\n`);
  for (const path of change.remove ?? []) parts.push(`D ${quote(path)}\n`);
  const modes = [
    ['100644', change.files],
    ['100755', change.executables],
    ['120000', change.symlinks],
  ] as const;
  for (const [mode, entries] of modes) {
    for (const [path, content] of Object.entries(entries ?? {})) {
      parts.push(`M ${mode} inline ${quote(path)}\n`);
      data(content);
    }
  }
  for (const [path, commit] of Object.entries(change.submodules ?? {})) {
    parts.push(`M 160000 ${commit} ${quote(path)}\n`);
  }
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

/** Quoting as git fast-import reads it. */
function quote(path: string): string {
  return `"${path.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** Runs the real git with nobody's configuration; rejects with its standard error. */
export function runGit(directory: string, args: readonly string[], input?: string | Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd: directory,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        HOME: directory,
        LC_ALL: 'C',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_SYSTEM: '/dev/null',
        GIT_TERMINAL_PROMPT: '0',
        GIT_AUTHOR_NAME: 'Ada Admin',
        GIT_AUTHOR_EMAIL: 'ada@example.com',
        GIT_COMMITTER_NAME: 'Ada Admin',
        GIT_COMMITTER_EMAIL: 'ada@example.com',
      },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (data: Buffer) => out.push(data));
    child.stderr.on('data', (data: Buffer) => err.push(data));
    child.stdin.on('error', () => {}); // git ended before it read everything: its exit code tells
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(out).toString().trim());
      else reject(new Error(`git ${args.join(' ')}: exit ${code}: ${Buffer.concat(err).toString().trim()}`));
    });
    child.stdin.end(input ?? '');
  });
}
