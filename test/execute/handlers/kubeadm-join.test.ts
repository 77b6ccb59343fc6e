import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startEnrolmentServer } from '../../../src/admission/door/enrolment-server.ts';
import { createPendingQueue } from '../../../src/admission/door/pending-queue.ts';
import type { Definition } from '../../../src/definition/definition.ts';
import type { HandlerDeps } from '../../../src/execute/handlers/handler.ts';
import { executeKubeadmJoin } from '../../../src/execute/handlers/kubeadm-join.ts';
import type { Action } from '../../../src/plan/actions.ts';
import { createExec, type Exec } from '../../../src/platform/exec.ts';
import type { Settings } from '../../../src/settings/settings.ts';
import { acceptedNode, definitionOf } from '../../admission/definition-fixture.ts';
import { newIdentity } from '../../admission/fixture-identity.ts';
import { createTestAuthority } from '../../admission/test-authority.ts';

const authority = await createTestAuthority();
const [control, machine] = [newIdentity(), newIdentity()];
const controlPlane = acceptedNode('cp-1', control.fingerprint, 'control-plane');
// nobody answers as the API server: the handler leaves that to kubeadm
const accepting = definitionOf([controlPlane, acceptedNode('w-1', machine.fingerprint)], [], {
  controlPlaneEndpoint: '127.0.0.1:1',
});

/** Looks at the machine, then reads its discovery file, as kubeadm does: in one process. */
const READS =
  'echo x > begun; [ -p run/discovery.conf ] && echo x > piped; while read -r line; do echo "$line"; done < run/discovery.conf > read';
const FAILS = 'echo x > begun; echo "\t[ERROR Port-10250]: Port 10250 is in use" >&2; exit 1';

interface Case {
  readonly kubeadm?: string;
  readonly validate?: string;
  /** What the control plane reads in the repository. */
  readonly definition?: Definition;
  /** Is waited for before a certificate is issued. */
  readonly beforeIssue?: (directory: string) => Promise<unknown>;
}

async function joining({ kubeadm = READS, validate = 'true', definition = accepting, beforeIssue }: Case) {
  const directory = mkdtempSync(join(tmpdir(), 'kubic-join-'));
  const server = await startEnrolmentServer({
    identity: control,
    listen: { host: '127.0.0.1', port: 0 },
    pending: createPendingQueue(),
    currentDefinition: async () => definition,
    refresh: async () => definition,
    loadClusterCA: async () => authority.ca,
    issueCertificate: async (csr) => {
      await beforeIssue?.(directory);
      return authority.sign(csr);
    },
    onError: () => {},
  });
  onTestFinished(async () => {
    await server.close();
    rmSync(directory, { recursive: true });
  });
  const programs: Record<string, string> = { 'kubeadm join': kubeadm, 'kubeadm config': validate };
  const host = createExec([]);
  const exec: Exec = (argv, options) => {
    const stands = argv[0] === 'systemctl' ? 'true' : programs[argv.slice(0, 2).join(' ')];
    return host(stands === undefined ? argv : ['sh', '-c', `cd ${directory}; ${stands}`], options);
  };
  const stop = new AbortController();
  const action = {
    kind: 'kubeadm.join',
    spec: {
      ...{ version: 'v1.36.3', nodeName: 'w-1', labels: {}, resume: false },
      endpoints: [`127.0.0.1:${server.port}`],
      pins: [control.fingerprint],
    },
  } as unknown as Action<'kubeadm.join'>;
  const deps: Partial<HandlerDeps> = {
    settings: { runtimeDir: join(directory, 'run'), stateDir: join(directory, 'state') } as Settings,
    ...{ identity: machine, definition: accepting, exec, signal: stop.signal },
    ...{ onEnrolment: () => {}, progress: () => {} },
  };
  const has = (name: string): boolean => existsSync(join(directory, name));
  return { stop, has, directory, run: () => executeKubeadmJoin(action, deps as HandlerDeps) };
}

test('kubeadm is begun while the enrolment is under way, and reads its certificate from a pipe that then is gone', async () => {
  const begun = (directory: string) => vi.waitFor(() => expect(existsSync(join(directory, 'begun'))).toBe(true));
  const { run, has, directory } = await joining({ beforeIssue: begun });
  await run();
  expect(has('piped')).toBe(true);
  expect(readFileSync(join(directory, 'read'), 'utf8')).toContain('client-key-data');
  expect(has('run/discovery.conf')).toBe(false);
  expect(has('state/membership.json')).toBe(true);
});

test.each([
  ['the enrolment is refused', { definition: definitionOf([controlPlane]) }, 'admission.pending'],
  ['its configuration is not valid', { validate: 'sleep 1; exit 1' }, 'kubeadm.invalid-configuration'],
])('kubeadm is ended before it has changed anything, and no member is recorded, where %s', async (_, the, code) => {
  const { run, has } = await joining({ ...the, kubeadm: `${READS}; echo x > changed` });
  await expect(run()).rejects.toMatchObject({ code });
  for (const name of ['changed', 'run/discovery.conf', 'state/membership.json']) expect(has(name)).toBe(false);
});

test('what kubeadm finds wrong with the machine is told, and nobody waits for it to read', async () => {
  const { run, has } = await joining({ kubeadm: FAILS });
  await expect(run()).rejects.toMatchObject({
    code: 'kubeadm.join-failed',
    message: expect.stringContaining('[ERROR Port-10250]'),
  });
  expect(has('run/discovery.conf')).toBe(false);
});

test('a machine that is not let in is told that, whatever kubeadm says of it', async () => {
  const { run } = await joining({ kubeadm: FAILS, definition: definitionOf([controlPlane]) });
  await expect(run()).rejects.toMatchObject({ code: 'admission.pending' });
});

test('a stop ends a kubeadm that waits for its certificate', async () => {
  const { run, stop, has } = await joining({
    kubeadm: `${READS}; echo x > changed`,
    beforeIssue: async () => stop.abort(),
  });
  await expect(run()).rejects.toMatchObject({ code: 'agent.aborted' });
  expect(has('changed')).toBe(false);
});
