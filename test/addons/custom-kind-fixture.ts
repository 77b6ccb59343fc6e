/** A definition of a kind of example.com. */
export const definition = (scope: string, kind: string) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${kind.toLowerCase()}s.example.com` },
  spec: { group: 'example.com', scope, names: { kind } },
});

/** An object of such a kind as its manifest names it, and where its kind turns out to have no namespace. */
export const issuer = { apiVersion: 'example.com/v1', kind: 'Issuer', metadata: { name: 'ca', namespace: 'pki' } };
export const placed = { ...issuer, metadata: { name: 'ca' } };
