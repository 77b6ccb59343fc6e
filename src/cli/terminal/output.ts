import { stdout } from 'node:process';
import { Option } from 'commander';

export type OutputFormat = 'human' | 'json' | 'yaml';

/** `-o human|json|yaml`, as every command that answers something has it. */
export function outputOption(): Option {
  return new Option('-o, --output <format>', 'how to print the answer')
    .choices(['human', 'json', 'yaml'])
    .default('human');
}

/** Prints an answer to stdout in the format asked for; `human` is made only when it is wanted. */
export async function printAnswer(format: OutputFormat, answer: unknown, human: () => string): Promise<void> {
  if (format === 'json') stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  else if (format === 'yaml') stdout.write((await import('yaml')).stringify(answer));
  else stdout.write(human());
}
