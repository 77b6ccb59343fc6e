import { KubicError } from '../../errors/kubic-error.ts';
import { applyDelta, readDeltaSizes } from './delta.ts';
import type { ObjectType, PackEntry } from './pack-entry.ts';
import type { WorkBudget } from './work-budget.ts';

/** What resolving an object takes of the pack it is in. */
export interface PackData {
  /** Offset of an object, or undefined when the pack does not hold it. */
  locate(oid: string): number | undefined;
  entryAt(offset: number): PackEntry;
  /** @throws when the data does not inflate to the size the entry states */
  inflate(entry: PackEntry): Buffer;
}

export interface GitObject {
  readonly type: ObjectType;
  readonly content: Buffer;
}

const MAX_CHAIN = 4_096;
/** Larger objects are never held: no file we read is, and a delta that starts from one is refused. */
const MAX_OBJECT = 64 * 1024 * 1024;

/**
 * Gives an object of a pack with its deltas applied; the bases it came from are kept for the next one, within bounds.
 *
 * @returns a function of the offset; it throws KubicError source.too-large above 64 MiB or the budget, Error for a damaged pack
 */
export function createResolver(pack: PackData, budget: WorkBudget, cacheBytes: number): (offset: number) => GitObject {
  const cache = createCache(cacheBytes);
  return (offset) => {
    const deltas: { readonly at: number; readonly delta: Buffer }[] = [];
    let at = offset;
    let object = cache.get(at);
    while (object === undefined) {
      const entry = pack.entryAt(at);
      if (entry.size > MAX_OBJECT) throw tooLarge(entry.size);
      budget.spend(entry.size);
      if (entry.type === 'delta') {
        deltas.push({ at, delta: pack.inflate(entry) });
        at = baseOf(pack, entry);
        object = cache.get(at);
      } else {
        object = { type: entry.type, content: pack.inflate(entry) };
        cache.set(at, object);
      }
      if (deltas.length > MAX_CHAIN) throw new Error(`the chain of deltas at ${offset} is too long`);
    }
    for (const step of deltas.toReversed()) {
      const { result } = readDeltaSizes(step.delta);
      if (result > MAX_OBJECT) throw tooLarge(result);
      budget.spend(result);
      object = { type: object.type, content: applyDelta(object.content, step.delta) };
      cache.set(step.at, object);
    }
    return object;
  };
}

function baseOf(pack: PackData, { base, offset }: PackEntry): number {
  const at = typeof base === 'string' ? pack.locate(base) : base;
  if (at === undefined || at === offset) throw new Error(`the object at ${offset} starts from nothing`);
  return at;
}

function tooLarge(size: number): KubicError {
  return new KubicError('source.too-large', { detail: `an object of ${size} bytes`, facts: { size } });
}

interface Cache {
  get(offset: number): GitObject | undefined;
  set(offset: number, object: GitObject): void;
}

/** The least recently used go first; the newest two stay whatever their size: a base, and what is made from it next. */
function createCache(maxBytes: number): Cache {
  const objects = new Map<number, GitObject>();
  let bytes = 0;
  const forget = (offset: number): void => {
    bytes -= objects.get(offset)?.content.length ?? 0;
    objects.delete(offset);
  };
  const set = (offset: number, object: GitObject): void => {
    forget(offset);
    objects.set(offset, object);
    bytes += object.content.length;
    for (const oldest of objects.keys()) {
      if (bytes <= maxBytes || objects.size <= 2) return;
      forget(oldest);
    }
  };
  return {
    get: (offset) => {
      const object = objects.get(offset);
      if (object !== undefined) set(offset, object);
      return object;
    },
    set,
  };
}
