import schema from '../../schemas/cluster.schema.json' with { type: 'json' };
import type { Diagnostic } from '../document/diagnostic.ts';
import type { Filled } from '../document/filled.ts';
import { checkDocument } from '../document/load-document.ts';
import type { YamlFile } from '../document/read-yaml.ts';
import { bindSchema } from '../document/validate-schema.ts';
import type { Cluster } from '../generated/cluster.generated.ts';
import { validate as validateCluster } from '../generated/validate-cluster.generated.ts';
import type { Snapshot } from '../source/snapshot.ts';
import { splitHostPort } from '../text/address.ts';
import type { ClusterDefinition, KubeadmOverrides } from './definition.ts';
import { readEntry } from './read-entry.ts';

export interface LoadedCluster {
  /** The document, also where it has errors. */
  readonly yaml?: YamlFile;
  readonly cluster?: ClusterDefinition;
  readonly diagnostics: readonly Diagnostic[];
}

const ENROLMENT_PORT = 9443;
const validate = bindSchema(validateCluster, schema);

/** cluster.yaml with its defaults. That it is missing is told elsewhere. */
export function loadCluster(snapshot: Snapshot): LoadedCluster {
  const result = readEntry(snapshot, 'cluster.yaml');
  if (result === undefined) return { diagnostics: [] };
  const { document, diagnostics } = checkDocument(result, 'Cluster', validate);
  if (document === undefined) return { diagnostics };
  const { yaml } = document;
  return document.valid ? { yaml, cluster: resolveCluster(yaml.value as Cluster), diagnostics } : { yaml, diagnostics };
}

/** The validator has filled in the schema's defaults; the others follow from other fields. */
function resolveCluster(cluster: Cluster): ClusterDefinition {
  const { spec, metadata } = cluster as Filled<Cluster>;
  const { clusterCA, enrolment, components } = cluster.spec;
  return {
    name: metadata.name,
    kubernetesVersion: spec.kubernetesVersion,
    seeder: spec.seeder,
    ...(clusterCA !== undefined && { clusterCA }),
    controlPlaneEndpoint: spec.controlPlaneEndpoint,
    enrolmentEndpoints: enrolment?.endpoints ?? [enrolmentEndpoint(spec.controlPlaneEndpoint)],
    network: spec.network,
    schedule: spec.schedule,
    components: {
      source: spec.components.source,
      ...(components?.image !== undefined && { image: components.image }),
    },
    kubeadm: spec.kubeadm as KubeadmOverrides,
    upgrade: spec.upgrade,
    guards: { ...spec.guards, maxRemovals: String(spec.guards.maxRemovals) },
  };
}

function enrolmentEndpoint(controlPlaneEndpoint: string): string {
  const { host } = splitHostPort(controlPlaneEndpoint);
  return host.includes(':') ? `[${host}]:${ENROLMENT_PORT}` : `${host}:${ENROLMENT_PORT}`;
}
