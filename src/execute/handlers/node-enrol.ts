import { enrol } from '../../admission/enrol.ts';
import type { Handler } from './handlers.ts';

/** Registers this machine as pending. An answer that it was accepted meanwhile counts at the next fetch of the list. */
export const executeNodeEnrol: Handler<'node.enrol'> = async ({ spec }, deps) => {
  await enrol(spec, deps);
};
