import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { tailOf } from './command.ts';
import { labScript, provision } from './provision.ts';

export interface ApiServerOptions {
  /** More kube-apiserver flags; `--authorization-config=FILE` takes the place of --authorization-mode. */
  readonly flags?: readonly string[];
  /** Whether kube-controller-manager runs too: it signs certificates, collects garbage, makes service accounts. Default: yes. */
  readonly controllers?: boolean;
}

export interface ApiServer extends AsyncDisposable {
  /** The path of a kubeconfig with all rights. */
  readonly kubeconfig: string;
  /** Its keys (`pki/`), logs (`kube-apiserver.log`) and data; removed at the end. */
  readonly dir: string;
  /** Ends kube-apiserver; `up` starts it again on the same port, with the same data. */
  down(): Promise<void>;
  /** Starts kube-apiserver again; with flags, in place of those before. */
  up(flags?: readonly string[]): Promise<void>;
  restart(flags?: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

/** A real etcd, kube-apiserver and kube-controller-manager on loopback. They end with this process, however it ends. */
export async function startApiServer({ flags = [], controllers = true }: ApiServerOptions = {}): Promise<ApiServer> {
  await provision(['kubernetes', 'etcd']);
  const dir = await mkdtemp(path.join(tmpdir(), 'kubic-api-'));
  const env = { ...process.env, CONTROLLERS: controllers ? '1' : '' };
  const child = spawn(labScript('apiserver'), [dir, ...flags], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-4000);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  const answer = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`the API server in ${dir} has ended${tailOf(errors)}`);
    const [word, ...rest] = value.split(' ');
    if (word === 'failed') throw new Error(rest.join(' '));
    return rest.join(' ');
  };
  let turn: Promise<unknown> = Promise.resolve();
  const ask = (request: string): Promise<string> => {
    const result = turn.then(() => {
      child.stdin.write(`${request}\n`);
      return answer();
    });
    turn = result.catch(() => undefined);
    return result;
  };
  const down = async (): Promise<void> => void (await ask('stop'));
  const up = async (next: readonly string[] = []): Promise<void> => void (await ask(`start ${next.join('\t')}`));
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.stdin.end();
    await exited;
  };

  const kubeconfig = await answer();
  return {
    kubeconfig,
    dir,
    down,
    up,
    restart: async (next) => {
      await down();
      await up(next);
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
