import { at, isMapping } from '../../json/at.ts';
import {
  invalidKubeconfig,
  type KubeconfigFields,
  listField,
  mappingField,
  textField,
  textsField,
} from './kubeconfig-fields.ts';
import { failed, type PluginCall, type PluginLimits, runExecPlugin } from './run-exec-plugin.ts';

/** What a credential plugin answers: a token, or a certificate with its key (PEM), or both. */
export interface ExecCredential {
  readonly token?: string | undefined;
  readonly certificate?: string | undefined;
  readonly key?: string | undefined;
}

export interface ExecContext {
  readonly cluster: KubeconfigFields;
  /** PEM, of the cluster. */
  readonly ca: Buffer | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
}

/** API versions of exec plugins that client-go knows since 1.24. */
const VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];
/** Where a cluster keeps what is meant for its plugin (`ExecConfig`, client.authentication.k8s.io/v1). */
const CONFIG_EXTENSION = 'client.authentication.k8s.io/exec';

/**
 * Credentials of a user's `exec` entry, by the rules of client-go (plugin/pkg/client/auth/exec): its environment is ours and
 * that of the entry; KUBERNETES_EXEC_INFO says what is asked for, with the cluster where `provideClusterInfo` wants it.
 *
 * @throws KubicError kube.kubeconfig-invalid, kube.credentials-failed, agent.aborted
 */
export async function getExecCredential(
  exec: KubeconfigFields,
  where: string,
  context: ExecContext,
  limits: PluginLimits,
): Promise<ExecCredential> {
  const apiVersion = textField(exec, 'apiVersion', where) ?? '';
  if (!VERSIONS.includes(apiVersion))
    throw invalidKubeconfig(where, `exec.apiVersion is none of ${VERSIONS.join(', ')}`);
  const call = callOf(exec, apiVersion, where, context);
  if (exec.interactiveMode === 'Always' && !context.isTerminal) {
    throw failed(call, 'needs a terminal (interactiveMode: Always)', 'Run this on a terminal.');
  }
  return readCredential(await runExecPlugin(call, limits), apiVersion, call);
}

function callOf(exec: KubeconfigFields, apiVersion: string, where: string, context: ExecContext): PluginCall {
  const command = textField(exec, 'command', where);
  if (command === undefined) throw invalidKubeconfig(where, 'exec.command is missing');
  const interactive = isInteractive(exec, apiVersion, where) && context.isTerminal;
  const env: Record<string, string | undefined> = { ...context.env };
  for (const entry of listField(exec, 'env', where)) {
    const name = textField(entry, 'name', `${where}: exec.env`);
    if (name !== undefined) env[name] = textField(entry, 'value', `${where}: exec.env`) ?? '';
  }
  const cluster = at(exec, 'provideClusterInfo') === true ? { cluster: describeCluster(context) } : {};
  const info = { apiVersion, kind: 'ExecCredential', spec: { ...cluster, interactive } };
  env.KUBERNETES_EXEC_INFO = JSON.stringify(info);
  const args = textsField(exec, 'args', where);
  return { command, args, env, interactive, installHint: textField(exec, 'installHint', where) };
}

/** v1 wants the field, v1beta1 takes IfAvailable for it. */
function isInteractive(exec: KubeconfigFields, apiVersion: string, where: string): boolean {
  const mode =
    textField(exec, 'interactiveMode', where) ?? (apiVersion.endsWith('/v1beta1') ? 'IfAvailable' : undefined);
  if (mode !== 'Never' && mode !== 'IfAvailable' && mode !== 'Always') {
    throw invalidKubeconfig(where, 'exec.interactiveMode is none of Never, IfAvailable, Always');
  }
  return mode !== 'Never';
}

function describeCluster({ cluster, ca }: ExecContext): KubeconfigFields {
  const extensions = Array.isArray(cluster.extensions) ? cluster.extensions : [];
  const config: unknown = at(
    extensions.find((extension) => at(extension, 'name') === CONFIG_EXTENSION),
    'extension',
  );
  return {
    ...pick(cluster, ['server', 'tls-server-name', 'insecure-skip-tls-verify', 'proxy-url', 'disable-compression']),
    ...(ca && { 'certificate-authority-data': ca.toString('base64') }),
    ...(config !== undefined && { config }),
  };
}

function pick(fields: KubeconfigFields, keys: readonly string[]): KubeconfigFields {
  return Object.fromEntries(keys.filter((key) => Object.hasOwn(fields, key)).map((key) => [key, fields[key]]));
}

function readCredential(output: string, apiVersion: string, call: PluginCall): ExecCredential {
  const answer = parse(output);
  if (!isMapping(answer)) throw failed(call, 'printed no ExecCredential');
  if (answer.kind !== 'ExecCredential' || answer.apiVersion !== apiVersion) {
    throw failed(call, `printed no ExecCredential of ${apiVersion}`);
  }
  const status = mappingField(answer, 'status', 'ExecCredential');
  const credential = {
    token: textField(status, 'token', 'ExecCredential'),
    certificate: textField(status, 'clientCertificateData', 'ExecCredential'),
    key: textField(status, 'clientKeyData', 'ExecCredential'),
  };
  const { token, certificate, key } = credential;
  if (token === undefined && certificate === undefined) throw failed(call, 'gave neither a token nor a certificate');
  if ((certificate === undefined) !== (key === undefined)) {
    throw failed(call, 'gave a certificate without its key, or a key without its certificate');
  }
  return credential;
}

function parse(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    return undefined; // what it printed may be a token: it is in no error
  }
}
