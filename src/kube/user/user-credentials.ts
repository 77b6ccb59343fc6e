import { stdin } from 'node:process';
import { KubicError } from '../../errors/kubic-error.ts';
import { printable } from '../../text/printable.ts';
import type { ChosenContext } from './choose-context.ts';
import { getExecCredential } from './exec-credential.ts';
import { keepRefreshedTokens } from './keep-refreshed-tokens.ts';
import { invalidKubeconfig, type KubeconfigFields, mappingField, textField } from './kubeconfig-fields.ts';
import { currentOidcToken } from './refresh-oidc-token.ts';
import type { PluginLimits } from './run-exec-plugin.ts';
import { readNamedFile, readPem } from './user-cluster.ts';

export interface CredentialOptions extends PluginLimits {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told of what kubectl takes without a word, and an administrator should know. */
  readonly warn: (text: string) => void;
}

/** The one that is left in client-go; those of the clouds went with 1.26. */
const PROVIDER = 'oidc';

/**
 * A user's credentials in the form of a kubeconfig's user that needs nothing else: no program, no file, no provider. Which of several counts is
 * what client-go decides.
 *
 * @throws KubicError kube.kubeconfig-invalid, kube.credentials-failed, agent.aborted
 */
export async function readCredentials(
  context: ChosenContext,
  ca: Buffer | undefined,
  options: CredentialOptions,
): Promise<KubeconfigFields> {
  const { cluster, userName, user } = context;
  const where = `user ${userName}`;
  const exec = mappingField(user, 'exec', where);
  const provider = mappingField(user, 'auth-provider', where);
  if (exec && provider) throw invalidKubeconfig(where, 'has both exec and auth-provider');
  const execContext = { cluster, ca, env: options.env, isTerminal: stdin.isTTY };
  const plugin = exec ? await getExecCredential(exec, where, execContext, options) : {};
  const oidc = provider && (await readOidcToken(provider, context, options));
  const token = (await readToken(user, where)) ?? plugin.token ?? oidc;
  const username = textField(user, 'username', where);
  if (token !== undefined && username !== undefined) throw invalidKubeconfig(where, 'has both a token and a username');
  return {
    'client-certificate-data': base64(plugin.certificate ?? (await readPem(user, 'client-certificate', where))),
    'client-key-data': base64(plugin.key ?? (await readPem(user, 'client-key', where))),
    token,
    username,
    ...(username !== undefined && { password: textField(user, 'password', where) ?? '' }),
  };
}

async function readToken(user: KubeconfigFields, where: string): Promise<string | undefined> {
  const file = textField(user, 'tokenFile', where);
  const text =
    file === undefined ? textField(user, 'token', where) : `${await readNamedFile(file, 'tokenFile', where)}`;
  return text?.trim() || undefined;
}

async function readOidcToken(
  provider: KubeconfigFields,
  { userName, userFile }: ChosenContext,
  { env, warn }: CredentialOptions,
): Promise<string> {
  const where = `user ${userName}`;
  const name = textField(provider, 'name', where) ?? '';
  if (name !== PROVIDER) {
    throw new KubicError('kube.credentials-failed', {
      detail: `${printable(where)}: auth-provider ${printable(name)} is one that kubectl does not have any more`,
      hint: 'Put an exec plugin in its place; the tool that wrote the kubeconfig has one.',
    });
  }
  const { token, refreshed } = await currentOidcToken(mappingField(provider, 'config', where) ?? {}, userName, env);
  if (refreshed === undefined || userFile === undefined) return token;
  // a file that cannot be written keeps nobody from working now
  await keepRefreshedTokens(userFile, userName, refreshed).catch(() =>
    warn(`the refreshed token of ${printable(where)} could not be written to ${printable(userFile)}`),
  );
  return token;
}

function base64(pem: string | Buffer | undefined): string | undefined {
  return pem === undefined ? undefined : Buffer.from(pem).toString('base64');
}
