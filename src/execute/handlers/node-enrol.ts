import { registerMachine } from '../../admission/join/enrol.ts';
import type { Handler } from './handler.ts';

/** Registers this machine as pending. That it was accepted meanwhile counts at the next fetch of the list. */
export const executeNodeEnrol: Handler<'node.enrol'> = async ({ spec }, deps) => {
  await registerMachine(spec, deps);
};
