import { TextDecoder } from 'node:util';
import { KubicError } from '../../errors/kubic-error.ts';
import { isUnprintable, printableLine } from '../../text/printable.ts';

export interface TreeEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'submodule';
  readonly oid: string;
}

const KINDS: Readonly<Record<string, TreeEntry['kind']>> = {
  '40000': 'directory',
  '100644': 'file',
  '100755': 'file',
  '100664': 'file', // written by very old gits
  '120000': 'symlink',
  '160000': 'submodule',
};
const MAX_NAME = 255;

/**
 * Parses a tree object; `prefix` (ending in `/` or empty) is for the messages.
 *
 * @throws KubicError source.tree-invalid for a name that could mislead, an unknown mode, or a malformed tree
 */
export function parseTree(content: Buffer, prefix: string): readonly TreeEntry[] {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const entries: TreeEntry[] = [];
  const names = new Set<string>();
  for (let at = 0; at < content.length; ) {
    const space = content.indexOf(0x20, at);
    const end = content.indexOf(0, space);
    if (space < 0 || end < 0 || end + 20 >= content.length) throw invalid(prefix, 'a malformed tree');
    const kind = KINDS[content.toString('latin1', at, space)];
    const raw = content.subarray(space + 1, end);
    const name = decodeName(decoder, raw, prefix);
    if (kind === undefined) throw invalid(prefix, `'${printableLine(name)}' has an unknown mode`);
    if (names.has(name)) throw invalid(prefix, `'${printableLine(name)}' is there twice`);
    names.add(name);
    at = end + 21;
    entries.push({ name, kind, oid: content.toString('hex', end + 1, at) });
  }
  return entries;
}

function decodeName(decoder: TextDecoder, raw: Buffer, prefix: string): string {
  const shown = `'${printableLine(raw.toString('latin1'))}'`;
  if (raw.length === 0 || raw.length > MAX_NAME) throw invalid(prefix, `a name of ${raw.length} bytes`);
  let name: string;
  try {
    name = decoder.decode(raw);
  } catch {
    throw invalid(prefix, `${shown} is not UTF-8`);
  }
  if (isUnprintable(name)) {
    throw invalid(prefix, `${shown} has control characters`);
  }
  if (name === '.' || name === '..' || name.toLowerCase() === '.git') throw invalid(prefix, shown);
  if (/[/\\]/.test(name)) throw invalid(prefix, `${shown} has a slash or backslash in it`);
  return name;
}

function invalid(prefix: string, what: string): KubicError {
  const place = printableLine(prefix);
  return new KubicError('source.tree-invalid', { detail: place === '' ? what : `${what} in ${place}` });
}
