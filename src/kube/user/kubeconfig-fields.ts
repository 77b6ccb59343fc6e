import { KubicError } from '../../errors/kubic-error.ts';
import { at, isMapping } from '../../json/at.ts';
import { printable } from '../../text/printable.ts';

/** A mapping out of a kubeconfig, as it stands there. */
export type KubeconfigFields = Readonly<Record<string, unknown>>;

/** The error of a kubeconfig that cannot be used. It says where, and never what stands there: that may be a secret. */
export function invalidKubeconfig(where: string, what: string): KubicError {
  return new KubicError('kube.kubeconfig-invalid', { detail: printable(`${where}: ${what}`) });
}

/** The text of a field, or undefined where it is empty, null or absent. @throws KubicError kube.kubeconfig-invalid where it is no text */
export function textField(fields: unknown, key: string, where: string): string | undefined {
  const value = at(fields, key);
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw invalidKubeconfig(where, `${key} is not a text`);
  return value;
}

/** The mapping of a field, or undefined where it is null or absent. @throws KubicError kube.kubeconfig-invalid where it is something else */
export function mappingField(fields: unknown, key: string, where: string): KubeconfigFields | undefined {
  const value = at(fields, key);
  if (value === undefined || value === null) return undefined;
  if (!isMapping(value)) throw invalidKubeconfig(where, `${key} is not a mapping`);
  return value;
}

/** The items of a field; none where it is null or absent. @throws KubicError kube.kubeconfig-invalid where it is no list */
export function listField(fields: unknown, key: string, where: string): readonly unknown[] {
  const value = at(fields, key);
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalidKubeconfig(where, `${key} is not a list`);
  return value;
}

/** The texts of a field; none where it is null or absent. @throws KubicError kube.kubeconfig-invalid where one is no text */
export function textsField(fields: unknown, key: string, where: string): readonly string[] {
  return listField(fields, key, where).map((item) => {
    if (typeof item !== 'string') throw invalidKubeconfig(where, `${key} has an item that is not a text`);
    return item;
  });
}
