import { spawn } from 'node:child_process';

export interface CommandOptions {
  readonly input?: string | Uint8Array;
  /** Killed after this long; 60 s unless told. */
  readonly timeoutMs?: number;
  readonly env?: Readonly<NodeJS.ProcessEnv>;
  /** False: a failure is a result, not an error. */
  readonly check?: boolean;
}

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Runs a command by argument list to its end. The error of a failed one carries the end of what it said. */
export async function runCommand(argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const { input, timeoutMs = 60_000, env = process.env, check = true } = options;
  const [command = '', ...args] = argv;
  const { promise, resolve, reject } = Promise.withResolvers<CommandResult>();
  const child = spawn(command, args, { env: { ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdin.on('error', () => undefined); // a command that ends without reading its input
  child.stdin.end(input);

  const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString();
  const fail = (what: string): void =>
    reject(new Error(`${describe(argv)} ${what}${tailOf(text(stderr))}${tailOf(text(stdout))}`));
  const timer = setTimeout(() => {
    child.kill('SIGKILL');
    child.stdout.destroy(); // what it has started may hold them open
    child.stderr.destroy();
    fail(`did not end within ${timeoutMs} ms`);
  }, timeoutMs);
  child.on('error', (error) => fail(`could not be started: ${error.message}`));
  child.on('close', (code, signal) => {
    clearTimeout(timer);
    if (check && code !== 0) fail(signal === null ? `ended with exit code ${code}` : `was ended by ${signal}`);
    else resolve({ stdout: text(stdout), stderr: text(stderr), exitCode: code ?? 128 });
  });
  return promise;
}

/** The last lines of an output, indented on lines of their own. */
export function tailOf(output: string, lines = 20): string {
  const kept = output.trimEnd().split('\n').slice(-lines);
  return kept.length === 1 && kept[0] === '' ? '' : `\n${kept.map((line) => `  ${line}`).join('\n')}`;
}

function describe(argv: readonly string[]): string {
  const line = argv.join(' ').replaceAll('\n', ' ');
  return line.length > 200 ? `${line.slice(0, 200)}...` : line;
}
