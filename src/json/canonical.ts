import { hash } from 'node:crypto';

/** JSON with the keys of every object in order: the same value gives the same text. Members that are undefined are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === undefined) return 'null';
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members: string[] = [];
  for (const key of keysInOrder(value)) {
    const member = (value as Readonly<Record<string, unknown>>)[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

/** What the API server and we ourselves write has its keys in order as a rule. */
function keysInOrder(value: object): readonly string[] {
  const keys = Object.keys(value);
  return keys.every((key, at) => at === 0 || (keys[at - 1] ?? '') < key) ? keys : keys.sort((a, b) => (a < b ? -1 : 1));
}

/** 22 characters (132 bits) of a SHA-256 over the canonical form. */
export function digestOf(value: unknown): string {
  return hash('sha256', canonicalJson(value), 'base64url').slice(0, 22);
}
