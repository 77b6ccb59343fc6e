import { loadDefinition } from '../../src/definition/load-definition.ts';
import { formatDiagnostic } from '../../src/document/format-diagnostics.ts';
import type { SnapshotEntry } from '../../src/source/snapshot.ts';
import { snapshotOf } from '../support/snapshot-of.ts';

export const KEY_A = 'SHA256:uXfYh0pPSGQcvqgLTOQPBkDj1D2V4vMkXQeWJvFqO3M';
export const KEY_B = 'SHA256:LVnV0Dk8GJ2dGcGmXJ4FQ1Q8X6xW8qVvGBNZQpHvy0A';

export const CLUSTER = `apiVersion: kubic.suse.com/v1beta1
kind: Cluster
metadata: {name: demo}
spec:
  kubernetesVersion: v1.36.3
  seeder: cp-1
  controlPlaneEndpoint: 10.250.0.11:6443
  network: {podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/16}
`;

export const NODES = `apiVersion: kubic.suse.com/v1beta1
kind: NodeList
accepted:
- {name: cp-1, role: control-plane}
- {name: w-1, key: "${KEY_A}"}
`;

type Files = Readonly<Record<string, string | Uint8Array | SnapshotEntry>>;

export const FILES: Files = { 'cluster.yaml': CLUSTER, 'nodes.yaml': NODES };

/** What is said of a repository: a line each, with its remedy where `withRemedies` says so. */
export function diagnose(files: Files, withRemedies = false): readonly string[] {
  const { diagnostics } = loadDefinition(snapshotOf(files));
  return diagnostics.flatMap((diagnostic) => [
    formatDiagnostic(diagnostic),
    ...(withRemedies ? [diagnostic.remedy] : []),
  ]);
}

/** cluster.yaml with more lines below `spec`, from line 9 on. */
export function clusterWith(lines: string): string {
  return `${CLUSTER}${lines}\n`;
}

export function addon(dependsOn: string): string {
  return `apiVersion: kubic.suse.com/v1beta1\nkind: Addon\nspec: {dependsOn: ${dependsOn}}\n`;
}
