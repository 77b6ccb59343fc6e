import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createExec } from '../../src/platform/exec.ts';
import { temporaryDirectory } from '../admission/temporary-directory.ts';

const exec = createExec([]);

describe('exec', () => {
  it('passes arguments as they are: no shell reads them', async () => {
    const { stdout } = await exec(['printf', '%s', '$(id); `id` "a"']);
    expect(stdout).toBe('$(id); `id` "a"');
  });

  it('passes input and gives lines while the program runs', async () => {
    const lines: string[] = [];
    await exec(['cat'], { input: 'one\ntwo\n', onLine: (line) => lines.push(line) });
    expect(lines).toEqual(['one', 'two']);
  });

  it('says which program is not installed', async () => {
    await expect(exec(['no-such-program'])).rejects.toMatchObject({
      code: 'agent.command-missing',
      message: 'a program is not installed: no-such-program',
    });
  });

  it('fails with the last lines of a failed program', async () => {
    await expect(exec(['ls', '/no/such/dir'])).rejects.toMatchObject({
      code: 'agent.command-failed',
      facts: { output: [expect.stringContaining('/no/such/dir')] },
    });
  });

  it('begins a program again that a Ctrl-C hit before it had begun, once', async () => {
    const path = join(await temporaryDirectory(), 'runs');
    const script = 'echo >>"$1"; [ "$(wc -l <"$1")" -lt "$2" ] && kill -INT $$; echo done';
    expect((await exec(['sh', '-c', script, 'sh', path, '2'])).stdout).toBe('done\n');
    await rm(path);
    await expect(exec(['sh', '-c', script, 'sh', path, '9'])).rejects.toMatchObject({ code: 'agent.command-failed' });
    expect(await readFile(path, 'utf8')).toBe('\n\n');
  });

  it('does not begin again what was interrupted later', async () => {
    const interrupted = exec(['sh', '-c', 'echo begun; kill -INT $$']);
    await expect(interrupted).rejects.toMatchObject({ code: 'agent.command-failed', facts: { output: ['begun'] } });
  });

  it('takes an exit code that is an answer for one', async () => {
    expect(await exec(['false'], { allowedExitCodes: [0, 1] })).toMatchObject({ exitCode: 1 });
  });

  it('ends a program that takes too long', async () => {
    await expect(exec(['sleep', '60'], { timeoutMs: 100 })).rejects.toMatchObject({
      message: expect.stringContaining('timed out'),
    });
  });

  it('ends a program when it is aborted', async () => {
    await expect(exec(['sleep', '60'], { signal: AbortSignal.timeout(100) })).rejects.toMatchObject({
      code: 'agent.aborted',
    });
  });

  it("keeps a program out of the terminal's process group, so that Ctrl-C does not reach it", async () => {
    const { stdout } = await exec(['cat', '/proc/self/stat']);
    const [pid, , , , group] = stdout.replace(/\(.*\)/, 'cat').split(' ');
    expect(group).toBe(pid);
  });

  it('leaves no program behind when it is killed itself', async () => {
    const source = `import { createExec } from './src/platform/exec.ts';
      createExec([])(['sh', '-c', 'echo $$; exec sleep 60'], { onLine: (line) => console.log(line) });`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', source], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = Number((await new Promise<Buffer>((resolve) => parent.stdout.once('data', resolve))).toString());
    parent.kill('SIGKILL');
    for (let i = 0; i < 200 && existsSync(`/proc/${pid}`); i++) await delay(20);
    expect(existsSync(`/proc/${pid}`)).toBe(false);
  });
});
