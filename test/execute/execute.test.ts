import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KubicError } from '../../src/errors/kubic-error.ts';
import type { SyncEvent } from '../../src/execute/events.ts';
import { type ExecuteDeps, type ExecutedAction, executePlan } from '../../src/execute/execute.ts';
import type { HandlerDeps } from '../../src/execute/handlers/handler.ts';
import { handlers } from '../../src/execute/handlers/handlers.ts';
import type { Action } from '../../src/plan/actions.ts';
import { loadJournal, openJournal } from '../../src/state/journal.ts';

type Work = (deps: HandlerDeps) => Promise<void> | void;

let directory: string;
let journalFile: string;
/** Names of what was begun, in order. */
let begun: string[];
let events: SyncEvent[];
/** What an action does, by its name; nothing, if it does not stand here. */
let work: Map<string, Work>;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'execute-'));
  journalFile = join(directory, 'journal.jsonl');
  begun = [];
  events = [];
  work = new Map();
});
afterEach(() => rm(directory, { recursive: true }));

const common = { impact: 'safe', reason: '' } as const;
const machine = (): Action => ({ ...common, kind: 'host.configure', scope: 'node', spec: { paths: [] } });
const wait = (): Action => ({ ...common, kind: 'control-plane.wait', scope: 'node', spec: { nodeName: 'cp-1' } });
const addon = (name: string): Action => ({
  ...common,
  kind: 'addon.apply',
  scope: 'cluster',
  spec: { addon: name, digest: '', apply: [], prune: [] },
});

const nameOf = (action: Action): string => ('addon' in action.spec ? action.spec.addon : action.kind);

const perform = async (action: Action, deps: HandlerDeps): Promise<void> => {
  begun.push(nameOf(action));
  await work.get(nameOf(action))?.(deps);
};

async function execute(
  actions: readonly Action[],
  given: Partial<ExecuteDeps> = {},
): Promise<readonly ExecutedAction[]> {
  const deps = {
    signal: new AbortController().signal,
    stopSignal: new AbortController().signal,
    lead: async () => new AbortController().signal,
    journal: openJournal(journalFile, 'c1'),
    emit: (event: SyncEvent) => events.push(event),
    estimate: () => 7,
    ...given,
  } as unknown as ExecuteDeps;
  const table = { ...handlers, 'host.configure': perform, 'control-plane.wait': perform, 'addon.apply': perform };
  return executePlan({ actions, held: [] }, deps, table);
}

const told = (executed: readonly ExecutedAction[]): readonly string[] =>
  executed.map(({ action, outcome }) => `${nameOf(action)} ${outcome.result}`);
const journalled = async (): Promise<readonly string[]> =>
  (await loadJournal(journalFile)).map(({ kind, event, error }) => [kind, event, error].filter(Boolean).join(' '));
const fails = (code: ConstructorParameters<typeof KubicError>[0]) => () => {
  throw new KubicError(code);
};

describe('a plan', () => {
  it('is executed in order, each action journalled before and after', async () => {
    const seen: (readonly string[])[] = [];
    for (const name of ['host.configure', 'a']) work.set(name, async () => void seen.push(await journalled()));
    expect(told(await execute([machine(), addon('a')]))).toEqual(['host.configure done', 'a done']);
    expect(begun).toEqual(['host.configure', 'a']);
    expect(seen).toEqual([
      ['host.configure started'],
      ['host.configure started', 'host.configure done', 'addon.apply started'],
    ]);
    expect(await journalled()).toEqual([
      'host.configure started',
      'host.configure done',
      'addon.apply started',
      'addon.apply done',
    ]);
  });

  it('tells those who watch where it stands', async () => {
    work.set('a', ({ progress }) => progress('half of it'));
    await execute([machine(), addon('a')]);
    expect(events).toMatchObject([
      { type: 'action-started', index: 0, total: 2, estimateSeconds: 7 },
      { type: 'action-ended', outcome: { result: 'done' } },
      { type: 'action-started', index: 1, total: 2 },
      { type: 'action-progress', text: 'half of it', action: { kind: 'addon.apply' } },
      { type: 'action-ended', outcome: { result: 'done' } },
    ]);
  });

  it('says why an action failed, and what was not foreseen is an error of ours', async () => {
    work.set('a', fails('kube.invalid'));
    work.set('b', () => {
      throw new Error('boom');
    });
    const [a, b] = await execute([addon('a'), addon('b')]);
    expect(a?.outcome).toMatchObject({ result: 'failed', error: { code: 'kube.invalid', retry: 'next-commit' } });
    expect(b?.outcome).toMatchObject({ result: 'failed', error: { code: 'agent.internal' } });
    expect(await journalled()).toEqual([
      'addon.apply started',
      'addon.apply failed kube.invalid',
      'addon.apply started',
      'addon.apply failed agent.internal',
    ]);
  });
});

describe('what follows a failure', () => {
  it('of the node scope is skipped, in both scopes, and neither begun nor journalled', async () => {
    work.set('host.configure', fails('agent.command-failed'));
    const executed = await execute([machine(), wait(), addon('a')]);
    expect(told(executed)).toEqual(['host.configure failed', 'control-plane.wait skipped', 'a skipped']);
    expect(begun).toEqual(['host.configure']);
    expect(executed[2]?.outcome.error?.message).toBe('not begun: host.configure failed');
    expect(await journalled()).toEqual(['host.configure started', 'host.configure failed agent.command-failed']);
    expect(events.map(({ type }) => type)).toEqual(['action-started', 'action-ended', 'action-ended', 'action-ended']);
  });

  it('of one add-on goes on with the others', async () => {
    work.set('a', fails('addons.apply-failed'));
    expect(told(await execute([addon('a'), addon('b'), machine()]))).toEqual([
      'a failed',
      'b done',
      'host.configure done',
    ]);
  });
});

describe('the Lease', () => {
  it('is asked for before each action of the cluster scope, and for none of the node scope', async () => {
    const asked: (readonly string[])[] = [];
    const lead = async () => {
      asked.push([...begun]);
      return new AbortController().signal;
    };
    await execute([machine(), addon('a'), addon('b')], { lead });
    expect(asked).toEqual([['host.configure'], ['host.configure', 'a']]);
  });

  it('that another holds keeps the cluster scope from being begun, and the node scope goes on', async () => {
    const lead = fails('agent.not-leader') as ExecuteDeps['lead'];
    const executed = await execute([addon('a'), machine()], { lead: async () => lead() });
    expect(told(executed)).toEqual(['a failed', 'host.configure done']);
    expect(executed[0]?.outcome.error?.code).toBe('agent.not-leader');
    expect(begun).toEqual(['host.configure']);
  });

  it('that is lost ends the action under way, and the next asks for it again', async () => {
    const lost = new AbortController();
    work.set('a', ({ signal }) => {
      lost.abort();
      if (signal.aborted) throw new KubicError('agent.aborted');
    });
    const leases = [lost.signal, new AbortController().signal];
    const lead = async () => leases.shift() ?? AbortSignal.abort();
    expect(told(await execute([addon('a'), addon('b')], { lead }))).toEqual(['a failed', 'b done']);
  });
});

describe('told to stop', () => {
  it('between two actions, it ends the one under way and begins no other', async () => {
    const stop = new AbortController();
    let aborted: boolean | undefined;
    work.set('a', ({ signal }) => {
      stop.abort();
      aborted = signal.aborted;
    });
    const executed = await execute([addon('a'), addon('b'), machine()], { stopSignal: stop.signal });
    expect(told(executed)).toEqual(['a done', 'b skipped', 'host.configure skipped']);
    expect(aborted).toBe(false);
    expect(executed[1]?.outcome.error).toMatchObject({
      code: 'agent.aborted',
      message: 'not begun: it was told to stop',
      retry: 'soon',
    });
  });

  it('within an action, it breaks that off', async () => {
    const cancel = new AbortController();
    work.set('a', ({ signal }) => {
      cancel.abort();
      if (signal.aborted) throw new KubicError('agent.aborted');
    });
    work.set('host.configure', ({ signal }) => {
      if (signal.aborted) throw new KubicError('agent.aborted');
    });
    const executed = await execute([addon('a'), machine()], { signal: cancel.signal });
    expect(told(executed)).toEqual(['a failed', 'host.configure failed']);
  });
});

describe('a journal that cannot be written', () => {
  it('keeps an action from being begun', async () => {
    const executed = await execute([machine(), addon('a')], { journal: openJournal('/dev/full', 'c1') });
    expect(told(executed)).toEqual(['host.configure failed', 'a skipped']);
    expect(executed[0]?.outcome.error?.code).toBe('agent.state-unwritable');
    expect(begun).toEqual([]);
  });

  it('after an action makes that a failure: a crash could not be told from it', async () => {
    work.set('host.configure', async () => {
      await rm(journalFile);
      await mkdir(journalFile);
    });
    const executed = await execute([machine(), addon('a')]);
    expect(told(executed)).toEqual(['host.configure failed', 'a skipped']);
    expect(executed[0]?.outcome.error?.code).toBe('agent.state-unwritable');
  });

  it('hides no error of the action itself', async () => {
    work.set('host.configure', async () => {
      await rm(journalFile);
      await mkdir(journalFile);
      throw new KubicError('agent.command-failed');
    });
    const [executed] = await execute([machine()]);
    expect(executed?.outcome.error?.code).toBe('agent.command-failed');
  });
});
