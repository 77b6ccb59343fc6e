/** Names one Kubernetes object: `apps/v1 Deployment default/web`. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** `apps` of `apps/v1`, empty for the core group. */
export function groupOf(ref: Pick<ObjectRef, 'apiVersion'>): string {
  const slash = ref.apiVersion.indexOf('/');
  return slash < 0 ? '' : ref.apiVersion.slice(0, slash);
}

/** Only what names an object, of something that says more of it. */
export function plainRef({ apiVersion, kind, namespace, name }: ObjectRef): ObjectRef {
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}
