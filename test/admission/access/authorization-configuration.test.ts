import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { authorizationFiles, type Denied } from '../../../src/admission/access/authorization-configuration.ts';

interface Configuration {
  readonly apiVersion: string;
  readonly kind: string;
  readonly authorizers: readonly [{ readonly webhook: Readonly<Record<string, unknown>> }, ...object[]];
}

function configurationOf(denied: readonly Denied[]): Configuration {
  return parse(authorizationFiles(denied)[1]?.content ?? '') as Configuration;
}

function conditionOf(denied: readonly Denied[]): string {
  const conditions = configurationOf(denied).authorizers[0].webhook.matchConditions as { expression: string }[];
  expect(conditions).toHaveLength(1);
  return conditions[0]?.expression ?? '';
}

describe("the files of the API server's authorization", () => {
  test('stand in its directory, the kubeconfig that the other one names first', () => {
    expect(authorizationFiles([]).map(({ path }) => path)).toEqual([
      '/etc/kubernetes/kubic/revocation.kubeconfig',
      '/etc/kubernetes/kubic/authorization.yaml',
    ]);
    expect(authorizationFiles([], '/other').map(({ path }) => path)).toEqual([
      '/other/revocation.kubeconfig',
      '/other/authorization.yaml',
    ]);
  });

  test('ask a webhook on loopback first, which denies where it does not answer, then Node and RBAC as kubeadm has them', () => {
    expect(configurationOf([])).toEqual({
      apiVersion: 'apiserver.config.k8s.io/v1',
      kind: 'AuthorizationConfiguration',
      authorizers: [
        {
          type: 'Webhook',
          name: 'kubic-revocation',
          webhook: {
            timeout: '3s',
            authorizedTTL: '1s',
            unauthorizedTTL: '1s',
            subjectAccessReviewVersion: 'v1',
            matchConditionSubjectAccessReviewVersion: 'v1',
            failurePolicy: 'Deny',
            connectionInfo: {
              type: 'KubeConfigFile',
              kubeConfigFile: '/etc/kubernetes/kubic/revocation.kubeconfig',
            },
            matchConditions: [{ expression: 'false' }],
          },
        },
        { type: 'Node', name: 'node' },
        { type: 'RBAC', name: 'rbac' },
      ],
    });
    expect(parse(authorizationFiles([])[0]?.content ?? '')).toEqual({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'agent', cluster: { server: 'https://127.0.0.1:9444/v1/revocation' } }],
      users: [{ name: 'kube-apiserver', user: {} }],
      contexts: [{ name: 'agent', context: { cluster: 'agent', user: 'kube-apiserver' } }],
      'current-context': 'agent',
    });
  });
});

describe('who is denied', () => {
  const id = 'authentication.kubernetes.io/credential-id';

  test('is a user by name, or one certificate of any user', () => {
    expect(conditionOf([{ user: 'system:node:w-1' }])).toBe("request.user in ['system:node:w-1']");
    expect(conditionOf([{ certificateSha256: 'ab' }])).toBe(
      `('${id}' in request.extra && request.extra['${id}'].exists(id, id in ['X509SHA256=ab']))`,
    );
    expect(conditionOf([{ user: 'a' }, { certificateSha256: 'ab' }, { user: 'b' }])).toBe(
      `request.user in ['a', 'b'] || ('${id}' in request.extra && request.extra['${id}'].exists(id, id in ['X509SHA256=ab']))`,
    );
  });

  test('cannot leave the quotes by any name', () => {
    expect(conditionOf([{ user: "a'] || true || x in ['" }])).toBe(
      "request.user in ['a\\U00000027\\U0000005d\\U00000020\\U0000007c\\U0000007c\\U00000020true\\U00000020\\U0000007c\\U0000007c\\U00000020x\\U00000020in\\U00000020\\U0000005b\\U00000027']",
    );
    expect(conditionOf([{ user: '\\\u{1f600}\ud800' }])).toBe("request.user in ['\\U0000005c\\U0001f600\\U0000fffd']");
  });
});
