import { KubicError } from '../../errors/kubic-error.ts';

/** Bytes that may yet be made by inflating objects and applying deltas: a few bytes of a pack can ask for very many. */
export interface WorkBudget {
  readonly exceeded: boolean;
  /** @throws KubicError source.too-large once all is spent */
  spend(bytes: number): void;
}

/** A pack as large as one may be, of text, takes a twentieth of it; a minute or so of one processor. */
const MAX_WORK = 64 * 1024 ** 3;

/** A budget for one pass over what was fetched. */
export function createWorkBudget(bytes: number = MAX_WORK): WorkBudget {
  let left = bytes;
  return {
    get exceeded() {
      return left < 0;
    },
    spend: (amount) => {
      left -= amount;
      if (left >= 0) return;
      throw new KubicError('source.too-large', {
        detail: `unpacking it makes more than ${bytes} bytes`,
        facts: { limit: bytes },
      });
    },
  };
}
