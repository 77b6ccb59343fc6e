import { stringify } from 'yaml';
import { AUTHORIZATION_DIRECTORY, AUTHORIZATION_FILE } from '../../platform/host-paths.ts';

/** An identity that is denied: a user, or one single certificate of any user. */
export type Denied = { readonly user: string } | { readonly certificateSha256: string };

/** Where the agent of each control plane says why somebody is denied. While nothing listens there, they are denied all the same. */
const REVOCATION_PORT = 9444;
const CREDENTIAL_ID = 'authentication.kubernetes.io/credential-id';

/**
 * The files that kube-apiserver's --authorization-config needs: the configuration, and the kubeconfig its webhook names. In the
 * order in which they have to be written, each atomically: the API server follows the first by inotify.
 */
export function authorizationFiles(
  denied: readonly Denied[],
  directory: string = AUTHORIZATION_DIRECTORY,
): readonly { readonly path: string; readonly content: string }[] {
  const kubeconfig = `${directory}/revocation.kubeconfig`;
  return [
    { path: kubeconfig, content: renderWebhookKubeconfig() },
    { path: AUTHORIZATION_FILE.replace(AUTHORIZATION_DIRECTORY, directory), content: render(denied, kubeconfig) },
  ];
}

/** Node and RBAC, as kubeadm has them; before them a webhook that is asked about denied identities alone, and fails closed. */
function render(denied: readonly Denied[], kubeConfigFile: string): string {
  const configuration = {
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
          connectionInfo: { type: 'KubeConfigFile', kubeConfigFile },
          matchConditions: [{ expression: renderCondition(denied) }],
        },
      },
      { type: 'Node', name: 'node' },
      { type: 'RBAC', name: 'rbac' },
    ],
  };
  return stringify(configuration, { lineWidth: 0 });
}

/** A CEL condition that is true for denied identities only. */
function renderCondition(denied: readonly Denied[]): string {
  const users = denied.flatMap((identity) => ('user' in identity ? [identity.user] : []));
  const ids = denied.flatMap((identity) => ('user' in identity ? [] : [`X509SHA256=${identity.certificateSha256}`]));
  const conditions = [
    ...(users.length > 0 ? [`request.user in ${toCelList(users)}`] : []),
    ...(ids.length > 0
      ? [
          `('${CREDENTIAL_ID}' in request.extra && request.extra['${CREDENTIAL_ID}'].exists(id, id in ${toCelList(ids)}))`,
        ]
      : []),
  ];
  return conditions.length > 0 ? conditions.join(' || ') : 'false';
}

/** A list of CEL string literals: whatever is no plain letter is escaped, so that a name cannot leave its quotes. */
function toCelList(texts: readonly string[]): string {
  const encode = (character: string): string => `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;
  return `[${texts.map((text) => `'${text.toWellFormed().replace(/[^\w:.@/+=-]/gu, encode)}'`).join(', ')}]`;
}

/** Loopback and TLS, with a CA that the agent's server will have; no CA is named while no server is there. */
function renderWebhookKubeconfig(): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'agent', cluster: { server: `https://127.0.0.1:${REVOCATION_PORT}/v1/revocation` } }],
    users: [{ name: 'kube-apiserver', user: {} }],
    contexts: [{ name: 'agent', context: { cluster: 'agent', user: 'kube-apiserver' } }],
    'current-context': 'agent',
  });
}
