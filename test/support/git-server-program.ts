import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { GitServer, GitServerAuth, GitServerOptions } from './git-server.ts';
import { createTestAuthority } from './git-server-certificates.ts';

/**
 * The Git server as a process of its own, for another network namespace:
 *
 *     node test/support/git-server.ts --root DIR --listen 10.250.0.1:8080 [--tls DIR]
 *                                     [--basic USER:PASSWORD | --token TOKEN | --auth-file FILE]
 *
 * Prints its URL as one line once it listens. With --tls it writes the CA to DIR/ca.crt. An auth file holds a
 * GitServerAuth as JSON. SIGTERM ends it.
 */
export async function runGitServerProgram(start: (options: GitServerOptions) => Promise<GitServer>): Promise<void> {
  const { values } = parseArgs({
    options: {
      root: { type: 'string' },
      listen: { type: 'string', default: '127.0.0.1:0' },
      tls: { type: 'string' },
      basic: { type: 'string' },
      token: { type: 'string' },
      'auth-file': { type: 'string' },
    },
  });
  if (values.root === undefined) throw new Error('--root DIR is missing');
  const colon = values.listen.lastIndexOf(':');
  const host = values.listen.slice(0, colon).replace(/^\[|\]$/g, '');
  const server = await start({
    root: values.root,
    host,
    port: Number(values.listen.slice(colon + 1)),
    ...(values.tls === undefined ? {} : { tls: await makeTls(values.tls, host) }),
    auth: readAuth(values),
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(0));
  console.log(server.url);
}

interface AuthFlags {
  readonly basic?: string | undefined;
  readonly token?: string | undefined;
  readonly 'auth-file'?: string | undefined;
}

function readAuth(flags: AuthFlags): GitServerAuth | undefined {
  if (flags['auth-file'] !== undefined) return JSON.parse(readFileSync(flags['auth-file'], 'utf8')) as GitServerAuth;
  if (flags.token !== undefined) return { type: 'token', token: flags.token };
  if (flags.basic === undefined) return undefined;
  const [username = '', ...password] = flags.basic.split(':');
  return { type: 'basic', username, password: password.join(':') };
}

async function makeTls(directory: string, host: string): Promise<{ key: string; cert: string }> {
  const authority = await createTestAuthority();
  writeFileSync(join(directory, 'ca.crt'), authority.certificate);
  return authority.issue([host, 'localhost']);
}
