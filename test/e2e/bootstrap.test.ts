import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { authorizationFiles, type Denied } from '../../src/admission/access/authorization-configuration.ts';
import type { Status } from '../../src/generated/status.generated.ts';
import { countWrites, ourWrites } from '../support/api-writes.ts';
import { createE2eCluster, type E2eCluster, eventually } from '../support/e2e-cluster.ts';
import { eatDisk, fillDisk, freeDisk, leaveDisk } from '../support/full-disk.ts';
import { labClusterYaml } from '../support/lab-cluster-yaml.ts';
import { brokenDocuments, readState, strayFiles } from '../support/state-directory.ts';

let cluster: E2eCluster;
let first: Status;

beforeAll(async () => {
  cluster = await createE2eCluster('e2e-bootstrap');
  await cluster.addMachine('cp-1');
  first = await cluster.sync('cp-1');
});
afterAll(() => cluster[Symbol.asyncDispose]());

/** Writes the files that the program writes at init, with these denied, in the place where the static pod has them. */
async function deny(denied: readonly Denied[]): Promise<void> {
  for (const { path, content } of authorizationFiles(denied)) {
    await cluster.lab.exec('cp-1', ['test', '-f', path]);
    await cluster.lab.exec('cp-1', ['tee', `${path}.new`], { input: content });
    await cluster.lab.exec('cp-1', ['mv', `${path}.new`, path]);
  }
}

const recordsOf = (host: string): Promise<string[]> =>
  Promise.all(['membership.json', 'journal.jsonl'].map((path) => readState(cluster, host, path)));

describe('a seeder alone', () => {
  it('is in sync after one sync: initialised, healthy, add-ons applied', () => {
    expect(first.phase).toBe('in-sync');
    expect(first.lastSync?.actions.map(({ kind, result }) => `${kind} ${result}`)).toEqual([
      'host.configure done',
      'kubeadm.init done',
      'control-plane.wait done',
      'addon.apply done',
      'bootstrap.record done',
      'admission.access done',
    ]);
  });

  it('becomes Ready by the CNI add-on', async () => {
    await cluster.kubectl(['wait', '--for=condition=Ready', 'node/cp-1', '--timeout=90s']);
  });

  it('keeps no bootstrap token and no auto-approve binding of kubeadm', async () => {
    const secrets = await cluster.kubectl(['get', 'secrets', '-n', 'kube-system', '-o', 'jsonpath={.items[*].type}']);
    expect(secrets).not.toContain('bootstrap.kubernetes.io/token');
    const bindings = await cluster.kubectl(['get', 'clusterrolebindings', '-o', 'name']);
    expect(bindings).not.toMatch(/node-autoapprove/);
    expect(bindings).toMatch(/kubic/);
  });

  it('has the authorization configuration in force: whoever is denied in the file is so, without a restart', async () => {
    const { stdout: manifest } = await cluster.lab.exec('cp-1', [
      'cat',
      '/etc/kubernetes/manifests/kube-apiserver.yaml',
    ]);
    expect(manifest).not.toContain('--authorization-mode');
    const apiServer = async () => (await cluster.lab.exec('cp-1', ['pgrep', '-x', 'kube-apiserver'])).stdout;
    const evesAnswer = async (): Promise<string> => {
      const argv = ['kubectl', '--kubeconfig', '/etc/kubernetes/admin.conf', 'get', 'pods', '--as', 'eve'];
      const { exitCode, stderr } = await cluster.lab.exec('cp-1', argv, { check: false });
      return exitCode === 0 ? 'allowed' : stderr;
    };
    await cluster.kubectl(['create', 'clusterrolebinding', 'eve', '--clusterrole=view', '--user=eve']);
    const process = await apiServer();
    await eventually('nobody is denied at first', async () => expect(await evesAnswer()).toBe('allowed'));
    await deny([{ user: 'eve' }]);
    // nothing listens where the file has the API server ask: that denies, and the API server says whom it asked
    await eventually('eve is denied', async () => expect(await evesAnswer()).toContain('/v1/revocation'));
    await deny([]);
    await eventually('eve is allowed again', async () => expect(await evesAnswer()).toBe('allowed'));
    expect(await apiServer()).toBe(process);
    await cluster.kubectl(['delete', 'clusterrolebinding', 'eve']);
  });

  it('has nothing to do at the second sync: plan exits 0, two Git requests at most, nothing written to the API', async () => {
    await eventually('the add-ons are healthy', async () => {
      const status = await cluster.sync('cp-1');
      expect(status.lastSync?.actions).toEqual([]);
      expect(status.addons.map(({ status }) => status)).toEqual(['healthy']);
    });
    const requests = (...method: string[]) =>
      cluster.lab.lan(['curl', '-sS', ...method, 'http://10.250.0.1:8080/-/requests']);
    const before = await ourWrites(cluster);
    expect(Object.keys(before)).toEqual(
      expect.arrayContaining(['Node /cp-1 status', 'DaemonSet kube-system/kubic-lab-cni']),
    );
    // times have whole seconds: a write that followed at once would look like the one before
    const last = Math.max(...Object.values(before).map((time) => Date.parse(time)));
    await eventually('a later second', async () => expect(Date.now()).toBeGreaterThanOrEqual(last + 1_000));
    await requests('-X', 'DELETE');
    const status = await cluster.sync('cp-1');
    expect(status.phase).toBe('in-sync');
    expect(JSON.parse((await requests()).stdout).length).toBeLessThanOrEqual(2);
    expect(await ourWrites(cluster)).toEqual(before);
    expect((await cluster.run('cp-1', ['plan'])).exitCode).toBe(0);
  });

  it('asks the API server for no write at all at a sync that has nothing to do', async () => {
    // others write now and then: one sync during which nobody does shows it, and one that writes each time never gets there
    await eventually('a sync without a write', async () => {
      const before = await countWrites(cluster);
      await cluster.sync('cp-1');
      expect(await countWrites(cluster)).toBe(before);
    });
  });

  it('says on its Node how the sync ended', async () => {
    const condition = await cluster.kubectl([
      'get',
      'node',
      'cp-1',
      '-o',
      'jsonpath={.status.conditions[?(@.type=="KubicInitSynced")].status}',
    ]);
    expect(condition).toBe('True');
    const events = await cluster.kubectl(['get', 'events', '-o', 'jsonpath={.items[*].reason}']);
    expect(events).toContain('KubeadmInit');
  });

  it('never initialises again when its record of membership is lost', async () => {
    await cluster.lab.exec('cp-1', ['mv', '/var/lib/kubic-init', '/var/lib/kubic-init.away']);
    await cluster.lab.exec('cp-1', ['mkdir', '/var/lib/kubic-init']);
    await cluster.lab.exec('cp-1', ['cp', '-p', '/var/lib/kubic-init.away/identity.key', '/var/lib/kubic-init/']);
    const status = await cluster.sync('cp-1');
    expect(status.phase).toBe('held');
    expect(status.held.map(({ code }) => code)).toEqual(['kubeadm.foreign-membership']);
    await cluster.lab.exec('cp-1', ['rm', '-r', '/var/lib/kubic-init']);
    await cluster.lab.exec('cp-1', ['mv', '/var/lib/kubic-init.away', '/var/lib/kubic-init']);
    expect((await cluster.sync('cp-1')).phase).toBe('in-sync');
  });

  it('holds another Kubernetes version, and says so, until the commit is taken back', async () => {
    const other = labClusterYaml().replace(/kubernetesVersion: \S+/, 'kubernetesVersion: v1.99.0');
    await cluster.repository.commit({ files: { 'cluster.yaml': other } });
    const { phase, held } = await cluster.sync('cp-1');
    expect({ phase, held: held.map(({ code }) => code) }).toEqual({ phase: 'held', held: ['kubeadm.version-held'] });
    await cluster.repository.commit({ files: { 'cluster.yaml': labClusterYaml() } });
    expect(await cluster.sync('cp-1')).toMatchObject({ phase: 'in-sync', held: [] });
  });

  it('holds another network and other settings of kubeadm, field by field, and goes on with everything else', async () => {
    const other = labClusterYaml()
      .replace('podSubnet: 10.244.0.0/16', 'podSubnet: 10.245.0.0/16')
      .replace('failCgroupV1: false, ', 'readOnlyPort: 0, ')
      .replace('  kubeadm:\n', '  kubeadm:\n    clusterConfiguration: {apiServer: {certSANs: [api.example.com]}}\n');
    const good = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: beside}\n';
    await cluster.repository.commit({ files: { 'cluster.yaml': other, 'addons/beside/n.yaml': good } });
    const { phase, held, lastSync } = await cluster.sync('cp-1');
    expect(phase).toBe('held');
    expect(held.map(({ code, subject, reason }) => `${code} ${subject} ${reason}`).toSorted()).toEqual([
      'kubeadm.configuration-held kubeadm.clusterConfiguration.apiServer has changed',
      'kubeadm.configuration-held kubeadm.kubeletConfiguration.failCgroupV1 was `false`, is now not set',
      'kubeadm.configuration-held kubeadm.kubeletConfiguration.readOnlyPort was not set, is now `0`',
      'kubeadm.configuration-held network.podSubnet was `10.244.0.0/16`, is now `10.245.0.0/16`',
    ]);
    expect(lastSync?.actions).toMatchObject([{ kind: 'addon.apply', result: 'done' }]);
    await cluster.repository.commit({ files: { 'cluster.yaml': labClusterYaml() }, remove: ['addons/beside'] });
    expect(await cluster.sync('cp-1')).toMatchObject({ phase: 'in-sync', held: [] });
  });

  it('does nothing with a commit that breaks the repository, and goes on with the next good one', async () => {
    await cluster.repository.commit({ files: { 'addons/web/web.yaml': 'apiVersion: v1\nkind: [' } }, 'Break it');
    const broken = await cluster.sync('cp-1');
    expect(broken.error?.code).toBe('definition.invalid');
    expect(broken.diagnostics.first[0]).toContain('addons/web/web.yaml:2');
    expect(broken.lastSync?.actions).toEqual([]);
    const good = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n';
    await cluster.repository.commit({ files: { 'addons/web/web.yaml': good } }, 'Mend it');
    const mended = await cluster.sync('cp-1');
    expect(mended.lastSync?.actions).toMatchObject([{ kind: 'addon.apply', result: 'done' }]);
    await cluster.kubectl(['get', 'namespace', 'web']);
  });

  it('prunes what left the repository, and only that', async () => {
    await cluster.repository.commit({ remove: ['addons/web'] }, 'Remove the web');
    const status = await cluster.sync('cp-1');
    expect(status.lastSync?.actions).toMatchObject([{ kind: 'addon.remove', result: 'done' }]);
    await eventually('the namespace is gone', async () => {
      expect(await cluster.kubectl(['get', 'namespaces', '-o', 'name'])).not.toContain('namespace/web');
    });
    expect(await cluster.kubectl(['get', 'daemonsets', '-A', '-o', 'name'])).toContain('cni');
  });

  // from the first write of the sync to the last: each page more lets it come further
  it.each([0, 1, 2, 3, 4, 5, 6])(
    'keeps its records whole when the disk is full after %i pages, and goes on when there is space',
    async (pages) => {
      const [membership, journal] = await recordsOf('cp-1');
      onTestFinished(() => leaveDisk(cluster, 'cp-1'));
      await fillDisk(cluster, 'cp-1', pages);
      const motd = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: motd, namespace: default}\ndata: {pages: "${pages}"}\n`;
      await cluster.repository.commit({ files: { 'addons/motd/motd.yaml': motd } }, `${pages} pages are free`);
      {
        await using _eater = pages === 0 ? await eatDisk(cluster, 'cp-1') : undefined;
        const full = await cluster.sync('cp-1');
        if (pages === 0) expect(full.error?.code).toBe('agent.state-unwritable');
      }
      expect(await brokenDocuments(cluster, 'cp-1')).toEqual([]);
      const [keptMembership, keptJournal] = await recordsOf('cp-1');
      expect(keptMembership).toBe(membership);
      expect(keptJournal?.startsWith(`${journal}`)).toBe(true);

      await freeDisk(cluster, 'cp-1');
      expect((await cluster.sync('cp-1')).phase).toBe('in-sync');
      expect(await cluster.kubectl(['get', 'configmap', 'motd', '-o', 'jsonpath={.data.pages}'])).toBe(`${pages}`);
      expect(await strayFiles(cluster, 'cp-1')).toEqual([]);
    },
  );

  it('survives a reboot: nothing is initialised anew, nothing is reset', async () => {
    await cluster.startAgent('cp-1');
    const uid = await cluster.kubectl(['get', 'namespace', 'kube-system', '-o', 'jsonpath={.metadata.uid}']);
    await cluster.lab.reboot('cp-1');
    await eventually('in sync after the reboot', async () =>
      expect((await cluster.sync('cp-1')).phase).toBe('in-sync'),
    );
    expect(await cluster.kubectl(['get', 'namespace', 'kube-system', '-o', 'jsonpath={.metadata.uid}'])).toBe(uid);
    const { stdout } = await cluster.lab.exec('cp-1', ['cat', '/var/lib/kubic-init/journal.jsonl']);
    expect(stdout.match(/"kubeadm.init","event":"started"/g)).toHaveLength(1);
  });
});
