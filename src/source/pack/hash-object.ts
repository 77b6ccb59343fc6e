import { createHash } from 'node:crypto';
import type { ObjectType } from './pack-entry.ts';

/** The id Git gives an object. */
export function hashObject(type: ObjectType, content: Buffer): string {
  return createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');
}
