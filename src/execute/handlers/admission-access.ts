import { applyAccess } from '../../admission/access/access.ts';
import type { Handler } from './handler.ts';

/** Writes the RBAC of admission and deletes what kubeadm made for its own. */
export const executeAdmissionAccess: Handler<'admission.access'> = async ({ spec }, deps) => {
  await applyAccess(await deps.adminClient(), deps.definition.accepted, spec, deps.signal);
};
