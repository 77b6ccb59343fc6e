import { stderr, stdin } from 'node:process';
import { createInterface } from 'node:readline/promises';

/** What somebody at the terminal answers, without the spaces around it; empty when they leave by Ctrl-C or Ctrl-D. */
export async function ask(question: string): Promise<string> {
  const prompt = createInterface({ input: stdin, output: stderr });
  const answer = await prompt.question(question).catch(() => '');
  prompt.close();
  return answer.trim();
}
