import type { ActionKind } from '../../plan/actions.ts';
import { executeAddonApply } from './addons/addon-apply.ts';
import { executeAddonRemove } from './addons/addon-remove.ts';
import { executeAdmissionAccess } from './admission-access.ts';
import { executeBootstrapRecord } from './bootstrap-record.ts';
import { executeControlPlaneWait } from './control-plane-wait.ts';
import type { Handler } from './handler.ts';
import { executeHostConfigure } from './host-configure.ts';
import { executeKubeadmClean } from './kubeadm-clean.ts';
import { executeKubeadmInit } from './kubeadm-init.ts';
import { executeKubeadmJoin } from './kubeadm-join.ts';
import { executeNodeConfigure } from './node-configure.ts';
import { executeNodeEnrol } from './node-enrol.ts';

export type Handlers = { readonly [K in ActionKind]: Handler<K> };

export const handlers: Handlers = {
  'host.configure': executeHostConfigure,
  'kubeadm.clean': executeKubeadmClean,
  'kubeadm.init': executeKubeadmInit,
  'control-plane.wait': executeControlPlaneWait,
  'node.enrol': executeNodeEnrol,
  'kubeadm.join': executeKubeadmJoin,
  'bootstrap.record': executeBootstrapRecord,
  'admission.access': executeAdmissionAccess,
  'node.configure': executeNodeConfigure,
  'addon.apply': executeAddonApply,
  'addon.remove': executeAddonRemove,
};
