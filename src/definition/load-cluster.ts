import schema from '../../schemas/cluster.schema.json' with { type: 'json' };
import type { Snapshot } from '../source/snapshot.ts';
import { splitHostPort } from './address.ts';
import type { Cluster } from './cluster.generated.ts';
import type { ClusterDefinition, KubeadmOverrides } from './definition.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Filled } from './filled.ts';
import { checkDocument, readEntry } from './load-document.ts';
import type { YamlFile } from './read-yaml.ts';
import { bindSchema } from './validate-schema.ts';
import { validateCluster } from './validators.generated.ts';

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
