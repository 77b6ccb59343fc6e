import { type ObjectReader, openObjects } from '../pack/object-reader.ts';
import type { Store } from '../store/store.ts';
import type { FetchJob } from './fetch-job.ts';

/** A job while it is done: what it has of the store, and what it took so far. */
export interface Attempt {
  readonly job: FetchJob;
  readonly notices: readonly string[];
  store: Store;
  requests: number;
}

/** Opens the objects that the store holds now, for as long as `use` runs. */
export function withObjects<T>({ store }: Pick<Attempt, 'store'>, use: (objects: ObjectReader) => T): T {
  const objects = openObjects(store.gitdir);
  try {
    return use(objects);
  } finally {
    objects.close();
  }
}
