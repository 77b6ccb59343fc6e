import { KubicError } from '../../../errors/kubic-error.ts';
import { isMapping, listAt, numberAt } from '../../../json/at.ts';
import type { KubeClient } from '../../../kube/kube-client.ts';
import { formatRef, type KubeObject, refOf } from '../../../objects/kube-object.ts';

/**
 * Says of an apply that was refused whether the object itself is at fault, or only the change from what is there.
 *
 * The API server has no reason of its own for a field that cannot be changed: it answers `Invalid`, as for a wrong value, in
 * words that each kind chooses. So it is asked again, by a dry run of a creation under the same name. Nothing is stored, and
 * the object is checked as a new one, by admission too, before the API server finds that the name is taken. Where that is all
 * it finds, the object could be made if the old one were not there. The same question tells a manifest that does not fit the
 * schema from a fault within the API server: server-side apply answers 500 for both.
 *
 * @returns the error to throw: addons.immutable-field, kube.invalid, or the one that was given
 * @throws KubicError agent.aborted
 */
export async function examineRefusal(
  error: unknown,
  object: KubeObject,
  { client, signal }: { readonly client: Pick<KubeClient, 'get' | 'create'>; readonly signal: AbortSignal },
): Promise<unknown> {
  if (!(error instanceof KubicError) || !isAmbiguous(error)) return error;
  const asNew = await createDry(object, client, signal).then(
    () => undefined,
    (refusal: unknown) => refusal,
  );
  if (!(asNew instanceof KubicError)) return error.code === 'kube.invalid' ? error : explainTypes(error);
  if (asNew.code === 'agent.aborted') throw asNew;
  if (asNew.code === 'kube.invalid') return error.code === 'kube.invalid' ? error : asNew;
  if (asNew.facts.reason !== 'AlreadyExists') return error;
  if (error.code !== 'kube.invalid') return explainTypes(error);
  return new KubicError('addons.immutable-field', {
    detail: `${formatRef(refOf(object))}: ${error.message}`,
    facts: error.facts,
    cause: error,
  });
}

/** Says why an object could be created and not applied: most often an item of a list is there twice, by what identifies it. */
function explainTypes({ code, message, facts, retry, cause }: KubicError): KubicError {
  const hint =
    'Read the answer. Where it names an item that stands twice in a list (two variables, or two ports, of one name), keep one; else see the log of the API server.';
  return new KubicError(code, { detail: message.slice(message.indexOf(': ') + 2), facts, hint, retry, cause });
}

async function createDry(
  object: KubeObject,
  client: Pick<KubeClient, 'get' | 'create'>,
  signal: AbortSignal,
): Promise<void> {
  const isService = object.kind === 'Service' && object.apiVersion === 'v1';
  const live = isService ? await client.get(refOf(object), { signal }) : undefined;
  await client.create(live ? withoutHeldPorts(object, live) : object, { dryRun: true, signal });
}

/** The ports that a Service itself has on the nodes would count as taken: with the old one they are given back. */
function withoutHeldPorts(service: KubeObject, live: KubeObject): KubeObject {
  const held = listAt(live, 'spec', 'ports').map((port) => numberAt(port, 'nodePort'));
  const ports = listAt(service, 'spec', 'ports').map((port) => {
    if (!isMapping(port) || !held.includes(numberAt(port, 'nodePort'))) return port;
    const { nodePort: _, ...others } = port;
    return others;
  });
  return isMapping(service.spec) ? { ...service, spec: { ...service.spec, ports } } : service;
}

function isAmbiguous({ code, facts }: KubicError): boolean {
  return code === 'kube.invalid' ? facts.status === 422 : code === 'kube.unexpected' && facts.status === 500;
}

/** True where deleting the object and making it anew would bring what is declared. */
export function isReplaceable(error: unknown): boolean {
  return error instanceof KubicError && error.code === 'addons.immutable-field';
}
