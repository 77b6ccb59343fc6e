export interface CustomKind {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope?: string;
  readonly annotations?: string;
  /** Default true. */
  readonly served?: boolean;
  /** Versions served; the last one is stored. */
  readonly versions?: readonly string[];
}

/** A CustomResourceDefinition whose objects may hold anything. */
export function definitionOf({
  group,
  kind,
  plural,
  scope,
  annotations,
  served = true,
  versions = ['v1'],
}: CustomKind): string {
  const schema = '{openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}';
  const listed = versions.map(
    (name, index) =>
      `  - {name: ${name}, served: ${served}, storage: ${index === versions.length - 1}, schema: ${schema}}\n`,
  );
  return `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: ${plural}.${group}, annotations: ${annotations ?? '{}'}}
spec:
  group: ${group}
  scope: ${scope ?? 'Namespaced'}
  names: {plural: ${plural}, singular: ${kind.toLowerCase()}, kind: ${kind}, listKind: ${kind}List}
  versions:
${listed.join('')}---
`;
}

export function customResource({ group, kind }: CustomKind, namespace: string, name: string, version = 'v1'): string {
  return `apiVersion: ${group}/${version}\nkind: ${kind}\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: {size: 1}\n---\n`;
}
