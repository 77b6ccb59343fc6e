import { join } from 'node:path';
import { executeAddonApply } from '../../src/execute/handlers/addons/addon-apply.ts';
import type { HandlerDeps } from '../../src/execute/handlers/handler.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import { observeAddons } from '../../src/observe/addons/observe-addons.ts';
import { type RecordedAddons, readRecorded } from '../../src/observe/addons/read-recorded.ts';
import { createUntouchedMemory } from '../../src/observe/addons/untouched-memory.ts';
import type { Plan } from '../../src/plan/actions.ts';
import { addonsRule } from '../../src/plan/rules/addons/addons.ts';
import type { RepositoryHead } from '../../src/sync/reading/reading-job.ts';
import type { RepositorySource } from '../../src/sync/reading/repository-source.ts';
import type { SourceFixture } from '../source/source-fixture.ts';
import { labClusterYaml } from '../support/lab-cluster-yaml.ts';

const PROGRAM = [process.execPath, join(import.meta.dirname, '../../dist/kubic-init'), 'internal-fetch'] as const;
const NODES = 'apiVersion: kubic.suse.com/v1beta1\nkind: NodeList\naccepted:\n- {name: cp-1, role: control-plane}\n';

/** A repository with one add-on, and what a seeder's agent does at a sync, from the head on: read, observe, plan, apply. */
export interface FollowedRepository {
  readonly commit: (files: Readonly<Record<string, string>>) => Promise<void>;
  readonly sync: () => Promise<void>;
  /** The same without asking the Git server for its head. */
  readonly prepare: () => Promise<() => Promise<void>>;
}

export function followRepository(fixture: SourceFixture, client: KubeClient, addon: string): FollowedRepository {
  const source = fixture.repositorySource(PROGRAM);
  const memory = createUntouchedMemory();
  return {
    commit: async (files) => {
      const named = Object.entries(files).map(([name, text]) => [`addons/${addon}/${name}`, text]);
      const always = { 'cluster.yaml': labClusterYaml(), 'nodes.yaml': NODES };
      await fixture.repository.commit({ files: { ...always, ...Object.fromEntries(named) }, remove: ['addons/web'] });
    },
    sync: async () => {
      const recorded = readRecorded(client, { memory }, undefined); // beside the fetch, as a sync does
      const { snapshot } = await source.fetchSnapshot();
      await follow(snapshot, await recorded, { source, client, addon });
    },
    prepare: async () => {
      const { snapshot } = await source.fetchSnapshot();
      return async () => follow(snapshot, await readRecorded(client, { memory }, undefined), { source, client, addon });
    },
  };
}

async function follow(
  { commit, definition, rendered = [], diagnostics }: RepositoryHead,
  recorded: RecordedAddons,
  { source, client, addon }: { readonly source: RepositorySource; readonly client: KubeClient; readonly addon: string },
): Promise<void> {
  if (!definition) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
  const { guards } = definition.cluster;
  const loadObjects = source.objectsAt(commit);
  const desired = { rendered, loadObjects, protect: guards.protect };
  const observed = await observeAddons(client, undefined, desired, recorded);
  const addons = observed.filter(({ name }) => name === addon);
  const cluster = { nodes: [], addons, access: { apply: [], remove: [] } };
  const plan: Plan = addonsRule({ definition, rendered, actual: { cluster } } as never);
  const deps = {
    ...{ definition, rendered, settings: {}, progress: () => {} },
    loadObjects,
    adminClient: async () => client,
    signal: new AbortController().signal,
  } as unknown as HandlerDeps;
  for (const action of plan.actions) if (action.kind === 'addon.apply') await executeAddonApply(action, deps);
  await source.markActedOn(commit);
}
