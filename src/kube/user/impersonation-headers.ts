import { invalidKubeconfig, type KubeconfigFields, mappingField, textField, textsField } from './kubeconfig-fields.ts';

/**
 * The headers of `as`, `as-uid`, `as-groups` and `as-user-extra`, as client-go sends them (transport/round_trippers.go). client-node sends the
 * first alone.
 *
 * @throws KubicError kube.kubeconfig-invalid
 */
export function impersonationHeaders(
  user: KubeconfigFields,
  where: string,
): Record<string, string | readonly string[]> {
  const name = textField(user, 'as', where);
  const uid = textField(user, 'as-uid', where);
  const groups = textsField(user, 'as-groups', where);
  const extra = Object.keys(mappingField(user, 'as-user-extra', where) ?? {}).map((key) => ({
    header: `Impersonate-Extra-${escapeKey(key)}`,
    values: textsField(user['as-user-extra'], key, where),
  }));
  if (name === undefined) {
    if (uid === undefined && groups.length === 0 && extra.length === 0) return {};
    throw invalidKubeconfig(where, 'as-uid, as-groups and as-user-extra need `as`');
  }
  return {
    'Impersonate-User': toHeader(name),
    ...(uid !== undefined && { 'Impersonate-Uid': toHeader(uid) }),
    ...(groups.length > 0 && { 'Impersonate-Group': groups.map(toHeader) }),
    ...Object.fromEntries(extra.map(({ header, values }) => [header, values.map(toHeader)])),
  };
}

/** UTF-8 as Go sends it: Node would write Latin-1. */
function toHeader(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** What may not stand in a header's name, and `%` itself, in per cent. */
function escapeKey(key: string): string {
  return [...Buffer.from(key)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      if (/[A-Za-z0-9!#$&'*+\-.^_`|~]/.test(character)) return character;
      return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
