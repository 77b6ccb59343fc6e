import { stderr } from 'node:process';
import { createProgram } from './cli/program.ts';

const USAGE_ERROR = 64;

async function main(argv: readonly string[]): Promise<void> {
  const program = await createProgram(argv[2] ?? '');
  await program.parseAsync(argv);
}

async function fail(error: unknown): Promise<number> {
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('commander.')) {
    return 'exitCode' in error && error.exitCode === 0 ? 0 : USAGE_ERROR; // commander has printed it
  }
  const [{ toKubicError }, { formatError }, { exitCodeOf }] = await Promise.all([
    import('./errors/to-kubic-error.ts'),
    import('./cli/format/format-error.ts'),
    import('./errors/catalogue.ts'),
  ]);
  const known = toKubicError(error);
  stderr.write(formatError(known));
  return exitCodeOf(known.code);
}

main(process.argv).catch(async (error: unknown) => {
  process.exitCode = await fail(error);
});
