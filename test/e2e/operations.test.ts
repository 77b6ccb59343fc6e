import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createE2eCluster, type E2eCluster, eventually } from '../support/e2e-cluster.ts';
import { eatDisk, fillDisk, freeDisk, leaveDisk } from '../support/full-disk.ts';
import { brokenDocuments, hashRecords, strayFiles } from '../support/state-directory.ts';

// A machine nobody accepted, in a repository whose seeder has no key yet: every sync ends at once, held.
let cluster: E2eCluster;
beforeAll(async () => {
  cluster = await createE2eCluster('e2e-operations');
  await cluster.addMachine('w-1');
});
afterAll(() => cluster[Symbol.asyncDispose]());

const agentRuns = async (): Promise<void> => {
  await cluster.startAgent('w-1');
  await eventually('the agent listens', () => cluster.lab.exec('w-1', ['test', '-S', '/run/kubic-init/agent.sock']));
};

describe('a machine before its seeder has bootstrapped', () => {
  it('is held with a code, and says so in a status of the published schema', async () => {
    const status = await cluster.sync('w-1');
    expect(status.held.map(({ code }) => code)).toEqual(['admission.no-control-plane-key']);
    const schema = JSON.parse(await readFile('schemas/status.schema.json', 'utf8'));
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    expect(ajv.validate(schema, status), ajv.errorsText()).toBe(true);
    expect((await cluster.run('w-1', ['status', '--oneline'])).stdout).toMatch(/^w-1 \S+ at [0-9a-f]{12}, 1 held\n$/);
  });

  it('keeps its identity readable by root alone', async () => {
    const { stdout } = await cluster.lab.exec('w-1', ['stat', '-c', '%a %U', '/var/lib/kubic-init/identity.key']);
    expect(stdout).toBe('600 root\n');
  });
});

describe('an agent that starts', () => {
  it('shows the fingerprint above the login prompt and in the journal', async () => {
    await agentRuns();
    const fingerprint = await cluster.fingerprint('w-1');
    expect((await cluster.lab.exec('w-1', ['cat', '/etc/issue.d/kubic-init.issue'])).stdout).toContain(fingerprint);
    const { stdout } = await cluster.lab.exec('w-1', ['journalctl', '-u', 'kubic-init', '-o', 'cat', '--no-pager']);
    expect(stdout).toContain(fingerprint);
  });
});

describe('two on one machine', () => {
  it('a second agent ends with a temporary error that names the first', async () => {
    await agentRuns();
    const { exitCode, stderr } = await cluster.run('w-1', ['agent'], { check: false });
    const { stdout: pid } = await cluster.lab.exec('w-1', ['systemctl', 'show', '-P', 'MainPID', 'kubic-init']);
    expect(exitCode).toBe(75);
    expect(stderr).toContain(`another kubic-init is at work on this machine: process ${pid.trim()} [agent.locked]`);
  });

  it('sync --once goes through the agent and shows its progress', async () => {
    const { stderr, stdout } = await cluster.run('w-1', ['sync', '--once', '-o', 'json']);
    expect(stderr).toContain('fetching http://10.250.0.1:8080/cluster.git');
    expect(stderr).toContain('admission.no-control-plane-key');
    expect(JSON.parse(stdout).kind).toBe('Status');
    const { stdout: log } = await cluster.lab.exec('w-1', [
      'journalctl',
      '-u',
      'kubic-init',
      '-o',
      'cat',
      '--no-pager',
    ]);
    expect(log.match(/"sync ended"/g)?.length).toBeGreaterThanOrEqual(2);
  });
});

describe('a machine whose network is gone', () => {
  it('waits with a temporary error, changes nothing, and recovers by itself', async () => {
    await agentRuns();
    await cluster.lab.lan(['ip', 'link', 'set', 'v-w-1', 'down']);
    const { exitCode, stdout } = await cluster.run('w-1', ['sync', '--once', '-o', 'json'], { check: false });
    expect(exitCode).toBe(75);
    expect(JSON.parse(stdout)).toMatchObject({ phase: 'waiting', error: { code: 'source.unreachable' } });
    await cluster.lab.lan(['ip', 'link', 'set', 'v-w-1', 'up']);
    await eventually('the agent has synced without being asked', async () => {
      const { stdout } = await cluster.run('w-1', ['status', '-o', 'json']);
      expect(JSON.parse(stdout).error).toBeUndefined();
    });
  });
});

describe('a machine whose disk is full', () => {
  it('says so with a code, leaves its records as they were, and goes on when there is space', async () => {
    await cluster.lab.exec('w-1', ['systemctl', 'stop', 'kubic-init']);
    const before = await hashRecords(cluster, 'w-1');
    expect(Object.keys(before)).toEqual(expect.arrayContaining(['acted-on.json', 'guards.json', 'identity.key']));
    onTestFinished(() => leaveDisk(cluster, 'w-1'));
    await fillDisk(cluster, 'w-1');
    await cluster.repository.commit({ files: { 'README.md': 'a change\n' } });
    {
      await using _eater = await eatDisk(cluster, 'w-1');
      const { stdout, exitCode } = await cluster.run('w-1', ['sync', '--once', '-o', 'json'], { check: false });
      expect(exitCode).toBe(1);
      expect(JSON.parse(stdout).error).toMatchObject({ code: 'agent.state-unwritable' });
    }
    expect(await hashRecords(cluster, 'w-1')).toEqual(before);
    expect(await brokenDocuments(cluster, 'w-1')).toEqual([]);
    await freeDisk(cluster, 'w-1');
    const status = await cluster.sync('w-1');
    expect(status.error).toBeUndefined();
    expect(status.commit.actedOn).toBe(await cluster.repository.head());
    expect(await strayFiles(cluster, 'w-1')).toEqual([]);
  });
});

describe('an agent that is told to stop', () => {
  it('ends cleanly', async () => {
    await agentRuns();
    await cluster.lab.exec('w-1', ['systemctl', 'stop', 'kubic-init']);
    const { stdout } = await cluster.lab.exec('w-1', ['systemctl', 'show', '-P', 'Result', 'kubic-init']);
    expect(stdout.trim()).toBe('success');
    const { stdout: log } = await cluster.lab.exec('w-1', [
      'journalctl',
      '-u',
      'kubic-init',
      '-n',
      '20',
      '-o',
      'cat',
      '--no-pager',
    ]);
    expect(log).toContain('agent stopped');
  });
});

describe('what a killed agent left half-written', () => {
  const leftover = '/var/lib/kubic-init/identity.key.0123abcd.tmp';
  const leave = async () => {
    await cluster.run('w-1', ['identity', 'create']);
    await cluster.lab.exec('w-1', ['cp', '-p', '/var/lib/kubic-init/identity.key', leftover]);
  };
  const state = async () => (await cluster.lab.exec('w-1', ['ls', '/var/lib/kubic-init'])).stdout.split('\n');

  it('is gone once it runs again', async () => {
    await leave();
    await agentRuns();
    expect(await state()).toContain('identity.key');
    expect(await state()).not.toContain('identity.key.0123abcd.tmp');
  });

  it('is gone with the identity after a reset that forgets it, which waits for the agent to be stopped', async () => {
    await agentRuns();
    const reset = ['reset', '--forget-identity', '--yes'];
    const { exitCode, stderr } = await cluster.run('w-1', reset, { check: false });
    expect(exitCode).toBe(75);
    expect(stderr).toContain('[agent.locked]');
    await cluster.lab.exec('w-1', ['systemctl', 'stop', 'kubic-init']);
    await leave();
    expect((await cluster.run('w-1', reset)).stderr).toContain('kubectl delete node');
    expect(await state()).toEqual(['']);
  });
});
