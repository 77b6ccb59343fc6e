import type { LoadObjects, RenderedAddon } from '../addons/rendered-addon.ts';
import type { Definition } from '../definition/definition.ts';
import type { KubeReader } from '../kube/kube-client.ts';
import type { Actual } from '../plan/actual.ts';
import type { UntouchedMemory } from './addons/untouched-memory.ts';
import type { EarlyFindings } from './begin-observing.ts';
import { observeCluster } from './cluster/observe-cluster.ts';
import { type ObserveMachineDeps, observeMachine } from './machine/observe-machine.ts';

export interface ObserveDeps extends ObserveMachineDeps, Pick<EarlyFindings, 'takeRecorded'> {
  readonly adminClient: () => Promise<KubeReader>;
  readonly memory?: UntouchedMemory | undefined;
}

/** What the repository declares, as far as observing takes it. */
export interface DesiredState {
  readonly definition: Definition;
  readonly rendered: readonly RenderedAddon[];
  readonly loadObjects: LoadObjects;
}

/** This machine, and the cluster where this machine is a healthy control plane of it. */
export async function observe({ definition, rendered, loadObjects }: DesiredState, deps: ObserveDeps): Promise<Actual> {
  const machine = await observeMachine(definition, deps);
  if (machine.controlPlaneProblems?.length !== 0) return { machine };
  const { protect, kept } = definition.cluster.guards;
  const cluster = await observeCluster(
    await deps.adminClient(),
    definition,
    { rendered, loadObjects, protect, kept, stateDir: deps.stateDir, memory: deps.memory },
    deps,
  );
  return { machine, cluster };
}
