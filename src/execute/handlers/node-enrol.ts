import { registerMachine } from '../../admission/enrol.ts';
import type { Handler } from './handlers.ts';

/** Registers this machine as pending. That it was accepted meanwhile counts at the next fetch of the list. */
export const executeNodeEnrol: Handler<'node.enrol'> = async ({ spec }, deps) => {
  await registerMachine(spec, deps);
};
