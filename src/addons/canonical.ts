import { createHash } from 'node:crypto';
import { isRecord } from './record.ts';

/** JSON with the keys of every object in order: the same value gives the same text. Members that are undefined are left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (!isRecord(member)) return member;
    // entries keep a key such as __proto__ what it is: data
    return Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** 22 characters (132 bits) of a SHA-256 over the canonical form. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('base64url').slice(0, 22);
}
