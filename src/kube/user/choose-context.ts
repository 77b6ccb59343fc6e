import { KubicError } from '../../errors/kubic-error.ts';
import { printable } from '../../text/printable.ts';
import { suggest } from '../../text/suggest.ts';
import { invalidKubeconfig, type KubeconfigFields, textField } from './kubeconfig-fields.ts';
import type { UserKubeconfig } from './load-user-kubeconfig.ts';

/** A cluster, and as whom to speak to it. */
export interface ChosenContext {
  readonly name: string;
  readonly cluster: KubeconfigFields;
  readonly userName: string;
  readonly user: KubeconfigFields;
  /** The kubeconfig that the user is of. */
  readonly userFile: string | undefined;
}

const NAMED = 5;

/**
 * The context of a name, or the current one. A context without a user is one of nobody in particular, as for kubectl.
 *
 * @throws KubicError kube.context-unknown, kube.kubeconfig-invalid
 */
export function chooseContext(config: UserKubeconfig, asked: string | undefined): ChosenContext {
  const name = asked ?? config.currentContext;
  const context = name === undefined ? undefined : config.contexts.get(name);
  if (name === undefined || context === undefined) throw unknownContext(name, [...config.contexts.keys()]);
  const where = `context ${name}`;
  const cluster = config.clusters.get(textField(context, 'cluster', where) ?? '');
  if (cluster === undefined) throw invalidKubeconfig(where, 'names a cluster that is not there');
  const userName = textField(context, 'user', where) ?? '';
  const user = userName === '' ? {} : config.users.get(userName);
  if (user === undefined) throw invalidKubeconfig(where, 'names a user that is not there');
  return { name, cluster, userName, user, userFile: config.userFiles.get(userName) };
}

function unknownContext(asked: string | undefined, names: readonly string[]): KubicError {
  const near = asked === undefined ? undefined : suggest(asked, names);
  const listed = names.slice(0, NAMED).map((name) => printable(name, 60));
  if (names.length > NAMED) listed.push(`${names.length - NAMED} more`);
  const there = names.length === 0 ? 'the kubeconfig has no context' : `there are ${listed.join(', ')}`;
  const hint = near === undefined ? `Give --context; ${there}.` : `Did you mean ${printable(near, 60)}?`;
  const detail = asked === undefined ? 'no context is current' : printable(asked, 60);
  return new KubicError('kube.context-unknown', { detail, hint });
}
