import { recordBootstrap } from '../../observe/cluster/bootstrap-record.ts';
import type { Handler } from './handler.ts';

/** Keeps in the cluster what it was made with, so that a later change of it is noticed. */
export const executeBootstrapRecord: Handler<'bootstrap.record'> = async (_action, deps) => {
  await recordBootstrap(await deps.adminClient(), deps.definition.cluster, deps.signal);
};
