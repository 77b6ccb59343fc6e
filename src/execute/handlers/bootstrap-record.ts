import { bootstrapConfiguration } from '../../definition/bootstrap-configuration.ts';
import { canonicalJson } from '../../json/canonical.ts';
import { BOOTSTRAP_RECORD, BOOTSTRAP_RECORD_KEY } from '../../observe/cluster/bootstrap-record.ts';
import type { Handler } from './handler.ts';

/** Keeps in the cluster what it was made with. A record that is there already is not touched: only a person deletes it. */
export const executeBootstrapRecord: Handler<'bootstrap.record'> = async (_action, deps) => {
  const { definition, signal } = deps;
  const client = await deps.adminClient();
  if (await client.get(BOOTSTRAP_RECORD, { signal })) return;
  const { apiVersion, kind, namespace, name } = BOOTSTRAP_RECORD;
  const metadata = { namespace, name, labels: { 'app.kubernetes.io/managed-by': 'kubic-init' } };
  const data = { [BOOTSTRAP_RECORD_KEY]: canonicalJson(bootstrapConfiguration(definition.cluster)) };
  await client.create({ apiVersion, kind, metadata, data }, { signal });
};
