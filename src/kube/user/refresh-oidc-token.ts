import { Agent, request as requestHttps } from 'node:https';
import { KubicError } from '../../errors/kubic-error.ts';
import { printable } from '../../text/printable.ts';
import type { RefreshedTokens } from './keep-refreshed-tokens.ts';
import { type KubeconfigFields, textField } from './kubeconfig-fields.ts';
import { readPem } from './user-cluster.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const TIMEOUT_SECONDS = 30;
const MAX_BYTES = 1024 * 1024;
/** A token that ends within this time is one that has ended (`expiryDelta` of client-go's oidc plugin). */
const EXPIRY_DELTA_MS = 10_000;

/**
 * The id-token of an `oidc` auth-provider, refreshed where it has expired; `refreshed` is what to keep. The `OpenIDConnectAuth` of client-node 2.0.1
 * cannot refresh one (it gives the issuer to openid-client as a text, which that refuses), and knows no client secret.
 *
 * @throws KubicError kube.kubeconfig-invalid, kube.credentials-failed
 */
export async function currentOidcToken(
  config: KubeconfigFields,
  userName: string,
  env: Environment,
): Promise<{ readonly token: string; readonly refreshed?: RefreshedTokens }> {
  const where = `user ${userName}`;
  const token = textField(config, 'id-token', where);
  if (token !== undefined && isGood(token)) return { token };
  const [issuer, clientId, refreshToken] = ['idp-issuer-url', 'client-id', 'refresh-token'].map((key) =>
    textField(config, key, where),
  );
  if (refreshToken === undefined) throw noToken(userName, 'has expired, and there is no refresh-token');
  if (issuer === undefined || clientId === undefined || !URL.canParse(issuer)) {
    throw noToken(userName, 'cannot be refreshed without idp-issuer-url and client-id');
  }
  const secret = textField(config, 'client-secret', where);
  const ca = await readPem(toPemFields(config), 'certificate-authority', where);
  // what the provider answers may hold tokens: its words are not passed on
  const refreshed = await refresh({ issuer, clientId, secret, refreshToken }, createFetch(ca, env)).catch(
    () => undefined,
  );
  if (refreshed === undefined) throw noToken(userName, `could not be refreshed at ${printable(new URL(issuer).host)}`);
  return { token: refreshed['id-token'], refreshed };
}

interface Grant {
  readonly issuer: string;
  readonly clientId: string;
  readonly secret: string | undefined;
  readonly refreshToken: string;
}

async function refresh(grant: Grant, fetch: Fetch): Promise<RefreshedTokens | undefined> {
  const oidc = await import('openid-client');
  const { issuer, clientId, secret, refreshToken } = grant;
  const options = { [oidc.customFetch]: fetch, timeout: TIMEOUT_SECONDS };
  const authentication = secret === undefined ? oidc.None() : oidc.ClientSecretBasic(secret);
  const found = await oidc.discovery(new URL(issuer), clientId, undefined, authentication, options);
  const methods = found.serverMetadata().token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  let client = found;
  if (secret !== undefined && !methods.includes('client_secret_basic')) {
    client = new oidc.Configuration(found.serverMetadata(), clientId, undefined, oidc.ClientSecretPost(secret));
    client[oidc.customFetch] = fetch;
    client.timeout = TIMEOUT_SECONDS;
  }
  const tokens = await oidc.refreshTokenGrant(client, refreshToken);
  if (tokens.id_token === undefined) return undefined;
  return { 'id-token': tokens.id_token, 'refresh-token': tokens.refresh_token };
}

/** Whether a JSON web token says that it is good for a while yet; the API server checks the rest. */
function isGood(token: string): boolean {
  try {
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp?: unknown };
    return typeof exp === 'number' && exp * 1000 - EXPIRY_DELTA_MS > Date.now();
  } catch {
    return false;
  }
}

function toPemFields(config: KubeconfigFields): KubeconfigFields {
  return {
    'certificate-authority-data': config['idp-certificate-authority-data'],
    'certificate-authority': config['idp-certificate-authority'],
  };
}

type Fetch = (
  url: string,
  options: { readonly method: string; readonly headers: Record<string, string>; readonly body?: unknown },
) => Promise<Response>;

/** One that trusts the provider's CA, and goes through the proxy of the environment. */
function createFetch(ca: Buffer | undefined, env: Environment): Fetch {
  const agent = new Agent({ ...(ca && { ca }), rejectUnauthorized: true, proxyEnv: { ...env } });
  return (url, { method, headers, body }) =>
    new Promise((resolve, reject) => {
      const options = { agent, method, headers, signal: AbortSignal.timeout(TIMEOUT_SECONDS * 1000) };
      const request = requestHttps(url, options, (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk);
          size += chunk.length;
          if (size > MAX_BYTES) response.destroy(new Error('too large'));
        });
        response.once('error', reject);
        response.once('end', () => {
          const type = response.headers['content-type'] ?? '';
          resolve(
            new Response(Buffer.concat(chunks), {
              status: response.statusCode ?? 500,
              headers: { 'content-type': type },
            }),
          );
        });
      });
      request.once('error', reject);
      request.end(body === undefined || body === null ? undefined : `${body}`);
    });
}

function noToken(userName: string, what: string): KubicError {
  const detail = `the OIDC token of user ${printable(userName)} ${what}`;
  return new KubicError('kube.credentials-failed', {
    detail,
    hint: 'Log in anew with the tool that made the kubeconfig.',
  });
}
