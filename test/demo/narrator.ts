import { stdout } from 'node:process';

export interface Step {
  readonly title: string;
  /** What it takes when everything is built already. */
  readonly seconds: number;
}

/** Tells a person who watches what happens, and never stays silent for more than five seconds. */
export interface Narrator {
  /** Begins the next step. */
  step(): void;
  say(text: string): void;
  /** A command as one would type it. */
  command(line: string): void;
  /** Lines of its output, indented. */
  output(text: string): void;
  /** While the work goes on and nothing else is printed, says that it does. */
  during<T>(what: string, work: () => Promise<T>): Promise<T>;
  /** Seconds since the start. */
  elapsed(): number;
}

const SILENCE_MS = 4_000;

export function createNarrator(steps: readonly Step[]): Narrator {
  const begin = performance.now();
  let spoken = begin;
  let current = -1;
  const colour = stdout.isTTY && !process.env.NO_COLOR;
  const bold = (text: string): string => (colour ? `\x1b[1m${text}\x1b[0m` : text);
  const dim = (text: string): string => (colour ? `\x1b[2m${text}\x1b[0m` : text);
  const seconds = (since: number): number => Math.round((performance.now() - since) / 1000);
  const print = (line: string): void => {
    spoken = performance.now();
    stdout.write(`${line}\n`);
  };
  const output = (text: string): void => {
    for (const line of text.trimEnd().split('\n')) print(`      ${line}`);
  };

  return {
    step: () => {
      current += 1;
      const left = steps.slice(current).reduce((sum, step) => sum + step.seconds, 0);
      const time = dim(`${seconds(begin)} s, about ${left} s left`);
      print(`\n${bold(`${current + 1}/${steps.length}  ${steps[current]?.title ?? ''}`)}  ${time}`);
    },
    say: (text) => {
      for (const line of text.split('\n')) print(`  ${line}`);
    },
    command: (line) => print(`    ${bold(`$ ${line}`)}`),
    output,
    during: async (what, work) => {
      const start = performance.now();
      const beat = setInterval(() => {
        if (performance.now() - spoken >= SILENCE_MS) print(dim(`      … ${what} (${seconds(start)} s)`));
      }, 500);
      try {
        return await work();
      } finally {
        clearInterval(beat);
      }
    },
    elapsed: () => seconds(begin),
  };
}
