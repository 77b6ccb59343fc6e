import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { authorizationFiles, type Denied } from '../../src/admission/access/authorization-configuration.ts';
import { createKubeClient } from '../../src/kube/create-kube-client.ts';
import { writeFileAtomically } from '../../src/platform/files.ts';
import { startApiServer } from '../support/api-server.ts';
import { clientAs, enrolled } from './admission-harness.ts';

const SELF = { method: 'POST', path: '/apis/authentication.k8s.io/v1/selfsubjectreviews' } as const;
const REVIEW = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };

test('nobody is denied at first; an identity that is denied later is so without a restart, though nothing listens', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'kubic-authorization-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const deny = async (denied: readonly Denied[]): Promise<void> => {
    for (const file of authorizationFiles(denied, directory)) await writeFileAtomically(file.path, file.content, 0o600);
  };
  await writeFile(join(directory, 'unrelated'), '');
  await deny([]);
  await using server = await startApiServer({
    flags: [`--authorization-config=${join(directory, 'authorization.yaml')}`],
  });
  const admin = await createKubeClient({ path: server.kubeconfig });
  onTestFinished(() => admin.close());

  const fingerprint = `SHA256:${'a'.repeat(42)}A`;
  const [first, second] = [
    await enrolled(admin, server.kubeconfig, fingerprint),
    await enrolled(admin, server.kubeconfig, fingerprint),
  ];
  onTestFinished(() => first.client.close());
  onTestFinished(() => second.client.close());
  const outcome = async (client: typeof admin): Promise<string> => {
    try {
      await client.request({ ...SELF, body: REVIEW });
      return 'allowed';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect([await outcome(admin), await outcome(first.client), await outcome(second.client)]).toEqual([
    'allowed',
    'allowed',
    'allowed',
  ]);

  // one certificate of two that the same user has
  await deny([{ certificateSha256: first.digest }]);
  await expect.poll(() => outcome(first.client), { timeout: 30_000 }).toMatch(/^kube\.(unexpected|forbidden)$/);
  expect([await outcome(admin), await outcome(second.client)]).toEqual(['allowed', 'allowed']);

  // the user, among names that would break out of quotes
  await deny([
    { user: `kubic:enrol:${fingerprint}` },
    { user: 'a"] || true || "b' },
    { user: "it's\\n\u2028\u{1F600}" },
  ]);
  await expect.poll(() => outcome(second.client), { timeout: 30_000 }).toMatch(/^kube\.(unexpected|forbidden)$/);
  expect(await outcome(admin)).toBe('allowed');

  await deny([]);
  await expect.poll(() => outcome(second.client), { timeout: 30_000 }).toBe('allowed');
  const anonymous = await clientAs(server.kubeconfig, { token: 'x' });
  onTestFinished(() => anonymous.close());
  expect(await outcome(anonymous)).toBe('kube.unauthorized');
});
