import { RUNTIME_FILES, STATE_FILES } from '../../src/state/paths.ts';
import { ROOMS } from '../layers/law.ts';

const STATE_DIR = '/var/lib/kubic-init';
const RUNTIME_DIR = '/run/kubic-init';

/** docs/architecture.md with what it prints of the code put in anew, each between `<!-- generated: NAME -->` and `<!-- end -->`. */
export function generateArchitecture(page: string): string {
  const parts = { rooms: table(['room', 'what it is for'], rooms()), paths: table(['path', 'what'], paths()) };
  return Object.entries(parts).reduce((text, [name, part]) => replacePart(text, name, part), page);
}

function rooms(): string[][] {
  return ROOMS.map(({ name, about }) => [`\`${name}\``, about]);
}

function paths(): string[][] {
  const state = Object.values(STATE_FILES).map(({ name, about, atReset }) => {
    const kept = atReset === 'trust' ? '; `reset` keeps it' : '';
    return [`\`${STATE_DIR}/${name}\``, `${about}${kept}`];
  });
  const runtime = Object.values(RUNTIME_FILES).map(({ name, about }) => [`\`${RUNTIME_DIR}/${name}\``, about]);
  return [...state, ...runtime];
}

/** As the formatter would have it: columns of one width. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[], fill = ' '): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, fill)).join(' | ')} |`;
  return [
    line(header),
    line(
      header.map(() => ''),
      '-',
    ),
    ...rows.map((row) => line(row)),
  ].join('\n');
}

function replacePart(text: string, name: string, part: string): string {
  const [begin, end] = [`<!-- generated: ${name} -->\n`, '\n<!-- end -->'];
  const from = text.indexOf(begin);
  const to = text.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`docs/architecture.md has no part ${name}`);
  return `${text.slice(0, from + begin.length)}\n${part}\n${text.slice(to)}`;
}
