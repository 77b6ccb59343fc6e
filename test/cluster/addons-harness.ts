import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readObjects, renderAddons } from '../../src/addons/render-addons.ts';
import type { LoadObjects } from '../../src/addons/rendered-addon.ts';
import type { AddonDefinition } from '../../src/definition/definition.ts';
import type { KubicError } from '../../src/errors/kubic-error.ts';
import type { SyncEvent } from '../../src/execute/events.ts';
import { executePlan } from '../../src/execute/execute.ts';
import { executeAddonApply } from '../../src/execute/handlers/addons/addon-apply.ts';
import { executeAddonRemove } from '../../src/execute/handlers/addons/addon-remove.ts';
import type { HandlerDeps } from '../../src/execute/handlers/handler.ts';
import { type Handlers, handlers } from '../../src/execute/handlers/handlers.ts';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import type { KubeClient } from '../../src/kube/kube-client.ts';
import { type KubeObject, refOf } from '../../src/objects/kube-object.ts';
import type { ObjectRef } from '../../src/objects/object-ref.ts';
import { observeAddons } from '../../src/observe/addons/observe-addons.ts';
import type { Action, Plan } from '../../src/plan/actions.ts';
import { addonsRule } from '../../src/plan/rules/addons/addons.ts';
import { openJournal } from '../../src/state/journal.ts';

/** An add-on from its manifests; the test's folder name keeps apart what runs at the same time. */
export function addonOf(name: string, manifests: string, options: Partial<AddonDefinition> = {}): AddonDefinition {
  return {
    name,
    dependsOn: [],
    prune: true,
    drift: 'correct',
    digest: '',
    files: [{ path: 'all.yaml', text: manifests }],
    ...options,
  };
}

export function configMap(
  namespace: string,
  name: string,
  data: Record<string, string> = { a: '1' },
  more = '',
): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}, namespace: ${namespace}${more}}\ndata: ${JSON.stringify(data)}\n---\n`;
}

/** What a sync reads in the process that has the repository. */
export function loadObjectsOf(addons: readonly AddonDefinition[]): LoadObjects {
  return async (name, keys) => {
    const addon = addons.find((each) => each.name === name);
    const wanted = new Set(keys);
    return addon ? [...readObjects(addon, (key) => wanted.has(key))] : [];
  };
}

export interface Synced {
  readonly plan: Plan;
  readonly errors: readonly KubicError[];
}

export interface Harness {
  readonly client: KubeClient;
  /** Writes sent since the last call of this. */
  readonly takeWrites: () => readonly string[];
  readonly plan: (addons: readonly AddonDefinition[], guards?: GuardsGiven) => Promise<Plan>;
  /** One sync of these add-ons and no others: those of other tests are not seen. */
  readonly sync: (addons: readonly AddonDefinition[], guards?: GuardsGiven) => Promise<Synced>;
  readonly execute: (
    action: Action,
    addons: readonly AddonDefinition[],
    guards?: GuardsGiven,
    signal?: AbortSignal,
  ) => Promise<void>;
  /** What was said to those who watch. */
  readonly said: string[];
}

/** guards.protect alone, or with guards.confirm. */
export type GuardsGiven =
  | readonly string[]
  | { readonly protect?: readonly string[]; readonly confirm?: readonly string[] };

function toGuards(given: GuardsGiven = []) {
  return Array.isArray(given) ? { protect: given, confirm: [] } : { protect: [], confirm: [], ...given };
}

/** @param owns tells this test's add-ons from those of others on the same API server */
export async function createHarness(
  kubeconfig: string,
  owns: (addon: string) => boolean,
  beforeWrite: (text: string) => void = () => {},
  stateDir?: string,
): Promise<Harness> {
  const writes: string[] = [];
  const said: string[] = [];
  const client = interceptWrites(await createKubeClient({ path: kubeconfig }), (text) => {
    writes.push(text);
    beforeWrite(text);
  });
  const plan = async (addons: readonly AddonDefinition[], given?: GuardsGiven): Promise<Plan> => {
    const { rendered, diagnostics } = renderAddons({ addons });
    if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
    const guards = toGuards(given);
    const loadObjects = loadObjectsOf(addons);
    const desired = { rendered, loadObjects, protect: guards.protect, ...(stateDir !== undefined && { stateDir }) };
    const observed = await observeAddons(client, undefined, desired);
    const states = observed.filter(({ name }) => owns(name));
    const cluster = { nodes: [], addons: states, access: { apply: [], remove: [] } };
    return addonsRule({ definition: { cluster: { guards }, addons }, rendered, actual: { cluster } } as never);
  };
  const depsOf = async (
    addons: readonly AddonDefinition[],
    given?: GuardsGiven,
    signal?: AbortSignal,
  ): Promise<HandlerDeps> => {
    const deps = {
      settings: { stateDir },
      definition: { cluster: { guards: toGuards(given) } },
      rendered: renderAddons({ addons }).rendered,
      loadObjects: loadObjectsOf(addons),
      adminClient: async () => client,
      signal: signal ?? new AbortController().signal,
      progress: (text: string) => said.push(text),
    };
    return deps as unknown as HandlerDeps;
  };
  const execute = async (
    action: Action,
    addons: readonly AddonDefinition[],
    given?: GuardsGiven,
    signal?: AbortSignal,
  ): Promise<void> => {
    const deps = await depsOf(addons, given, signal);
    if (action.kind === 'addon.apply') await executeAddonApply(action, deps);
    if (action.kind === 'addon.remove') await executeAddonRemove(action, deps);
  };
  return {
    client,
    takeWrites: () => writes.splice(0),
    plan,
    execute,
    said,
    sync: async (addons, guards) => {
      const made = await plan(addons, guards);
      return { plan: made, errors: await executeWhole(made, await depsOf(addons, guards)) };
    },
  };
}

/** Executes a plan as a sync does, and answers the errors whole: an outcome has only what is reported of them. */
async function executeWhole(plan: Plan, deps: HandlerDeps): Promise<readonly KubicError[]> {
  const errors: KubicError[] = [];
  const keep = (error: KubicError): never => {
    errors.push(error);
    throw error;
  };
  const handle: Handlers = {
    ...handlers,
    'addon.apply': (action, given) => executeAddonApply(action, given).catch(keep),
    'addon.remove': (action, given) => executeAddonRemove(action, given).catch(keep),
  };
  const directory = await mkdtemp(join(tmpdir(), 'addons-journal-'));
  try {
    const never = new AbortController().signal;
    const journal = openJournal(join(directory, 'journal.jsonl'), 'c1');
    const emit = (event: SyncEvent): void => {
      if (event.type === 'action-progress') deps.progress(event.text);
    };
    const rest = { journal, lead: async () => never, stopSignal: never, emit, estimate: () => 0 };
    const executed = await executePlan(plan, { handling: deps, signal: deps.signal, ...rest }, handle);
    const failed = executed.filter(({ outcome }) => outcome.result !== 'done');
    if (failed.length !== errors.length) throw new Error(`not by an add-on: ${JSON.stringify(failed)}`);
    return errors;
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Calls back before each write. */
function interceptWrites(client: KubeClient, before: (text: string) => void): KubeClient {
  const intercept =
    <A extends { kind: string }, R extends unknown[], T>(verb: string, call: (first: A, ...rest: R) => Promise<T>) =>
    (first: A, ...rest: R): Promise<T> => {
      before(`${verb} ${first.kind}`);
      return call(first, ...rest);
    };
  return {
    ...client,
    apply: intercept('apply', client.apply),
    create: intercept('create', client.create),
    replace: intercept('replace', client.replace),
    patch: intercept('patch', client.patch),
    delete: intercept('delete', client.delete),
  };
}

export const KUBECTL = `${process.env.KUBIC_LAB_CACHE ?? `${homedir()}/.cache/kubic-init/lab`}/share/k8s-${process.env.K8S_VERSION ?? 'v1.36.3'}/kubectl`;

/** A namespace of a test's own, which is also the prefix of its add-ons' names. */
export interface TestNamespace {
  readonly ns: string;
  readonly harness: Harness;
  readonly get: (kind: string, name: string, apiVersion?: string) => Promise<KubeObject | undefined>;
  readonly kubectl: (...args: string[]) => Promise<string>;
  readonly kubectlWith: (env: Readonly<Record<string, string>>, ...args: string[]) => Promise<string>;
  /** Changes an object of the namespace (`deployment web`) as somebody else does. */
  readonly patch: (what: string, body: unknown, manager?: string) => Promise<string>;
  /** Makes an object that goes with the test, also where it stands in no namespace. */
  readonly make: (
    apiVersion: string,
    kind: string,
    metadata: KubeObject['metadata'],
    rest?: object,
  ) => Promise<ObjectRef>;
  /** Something else to be done when the test ends; the last comes first. */
  readonly atEnd: (end: () => Promise<unknown>) => void;
  readonly end: () => Promise<void>;
}

export async function beginTest(kubeconfig: string, stateDir?: string): Promise<TestNamespace> {
  const ns = `addons-${randomBytes(4).toString('hex')}`;
  const harness = await createHarness(kubeconfig, (addon) => addon.startsWith(`${ns}-`), undefined, stateDir);
  const namespace = { apiVersion: 'v1', kind: 'Namespace', name: ns };
  const runKubectl = async (env: Readonly<Record<string, string>>, ...args: string[]): Promise<string> => {
    const running = promisify(execFile)(KUBECTL, ['--kubeconfig', kubeconfig, ...args], {
      env: { ...process.env, ...env },
    });
    running.child.stdin?.end(configMap(ns, 'from-stdin'));
    return (await running).stdout;
  };
  await harness.client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: ns } });
  const endings: (() => Promise<unknown>)[] = [];
  return {
    ns,
    harness,
    patch: (what, body, manager = 'other') => {
      const how = ['-n', ns, '--type=merge', `--field-manager=${manager}`, '-p', JSON.stringify(body)];
      return runKubectl({}, 'patch', ...what.split(' '), ...how);
    },
    make: async (apiVersion, kind, metadata, rest = {}) => {
      const ref = refOf(await harness.client.create({ apiVersion, kind, metadata, ...rest }));
      if (metadata.namespace === undefined) endings.push(() => harness.client.delete(ref));
      return ref;
    },
    atEnd: (end) => void endings.push(end),
    get: (kind, name, apiVersion = 'v1') => harness.client.get({ apiVersion, kind, namespace: ns, name }),
    kubectl: (...args) => runKubectl({}, ...args),
    kubectlWith: runKubectl,
    end: async () => {
      for (const end of endings.toReversed()) await end();
      await harness.sync([]);
      await harness.client.delete(namespace);
      harness.client.close();
    },
  };
}
