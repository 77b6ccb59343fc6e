import { formatRef } from '../objects/kube-object.ts';
import type { ObjectRef } from '../objects/object-ref.ts';

const ALWAYS = ['default', 'kube-node-lease', 'kube-public', 'kube-system'].map((name) => `Namespace/${name}`);

/** True for objects that are never deleted: `Kind/name` or `Kind/namespace/name` in guards.protect, and the namespaces no cluster can be without. */
export function isProtected(ref: ObjectRef, protect: readonly string[]): boolean {
  const names = [`${ref.kind}/${ref.name}`, formatRef(ref).replace(' ', '/')];
  return [...ALWAYS, ...protect].some((entry) => names.includes(entry));
}
