import { spawn } from 'node:child_process';
import { KubicError } from '../errors/kubic-error.ts';

export interface UserGit {
  /** A question to git: its output, or undefined where it answers with a failure. */
  readonly ask: (...args: readonly string[]) => Promise<string | undefined>;
  /** A command whose output, hooks, pinentry and prompts belong to the user: all of it goes to stderr. True when it succeeded. */
  readonly run: (...args: readonly string[]) => Promise<boolean>;
}

/** The user's own git in a directory of their clone, with their configuration, identity, signing and hooks. */
export function createUserGit(directory: string): UserGit {
  const start = (args: readonly string[], stdout: 'pipe' | 'stderr'): Promise<{ code: number; text: string }> =>
    new Promise((resolve, reject) => {
      const child = spawn('git', args, {
        cwd: directory,
        stdio: stdout === 'pipe' ? ['ignore', 'pipe', 'ignore'] : ['inherit', 2, 2],
      });
      let text = '';
      child.stdout?.on('data', (data: Buffer) => {
        text += data.toString();
      });
      child.once('error', (cause) => reject(new KubicError('agent.command-missing', { detail: 'git', cause })));
      child.once('close', (code) => resolve({ code: code ?? -1, text }));
    });
  return {
    ask: async (...args) => {
      const { code, text } = await start(args, 'pipe');
      return code === 0 ? text.trim() : undefined;
    },
    run: async (...args) => (await start(args, 'stderr')).code === 0,
  };
}
