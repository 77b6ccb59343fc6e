/** A CommonJS module as text, by the name others require it by. */
export interface Chunk {
  readonly name: string;
  readonly text: string;
}

const END = '*/';
const END_WRITTEN = '*~/';

/**
 * Packs modules into one script that compiles each only when it is required. They stand in a comment, which V8 skips
 * instead of parsing; Function.prototype.toString() gives it back, so that a program that is replaced while it runs still
 * finds its own parts. Line numbers in stack traces are those of the file.
 *
 * @param head plain JavaScript that runs first
 * @param entry the name of the module to begin with
 */
export function packChunks(head: string, entry: string, chunks: readonly Chunk[]): string {
  const table: Record<string, readonly [start: number, end: number, line: number]> = {};
  let body = '';
  for (const { name, text } of chunks) {
    if (text.includes(END_WRITTEN)) throw new Error(`${name} has a ${END_WRITTEN}, which stands for ${END}`);
    const written = escapeNonAscii(text).replaceAll(END, END_WRITTEN).trimEnd();
    table[name] = [body.length, body.length + written.length, body.split('\n').length - 1];
    body += `${written}\n`;
  }
  const loader = `const parts = ${JSON.stringify(table)};
const loaded = {};
const load = (name) => {
  if (!parts[name]) return require(name);
  if (loaded[name]) return loaded[name].exports;
  const [start, end, line] = parts[name], mod = (loaded[name] = { exports: {} });
  const text = source.slice(start, end).replaceAll('${END_WRITTEN}', '*' + '/');
  const options = { filename: __filename, lineOffset: lines + line };
  require('vm').compileFunction(text, ['require', 'module', 'exports', 'bundleUrl'], options)(load, mod, mod.exports, bundleUrl);
  return mod.exports;
};
`;
  const lines = `${head}\n${loader}`.split('\n').length;
  return `${head}
${loader}const lines = ${lines}, source = (() => {/*
${body}*/}).toString().slice(10);
load(${JSON.stringify(entry)});
`;
}

/** One character beyond Latin-1 would double the memory the whole text takes. esbuild leaves them in regular expressions only. */
function escapeNonAscii(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
