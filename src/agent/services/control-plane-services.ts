import type { Logger } from 'pino';
import { loadKnownAddresses } from '../../admission/approver/address-record.ts';
import { type CsrApproverDeps, runCsrApprover } from '../../admission/approver/csr-approver.ts';
import { servesEnrolment } from '../../admission/door/decide-enrolment.ts';
import { type EnrolmentServer, startEnrolmentServer } from '../../admission/door/enrolment-server.ts';
import { createPendingQueue } from '../../admission/door/pending-queue.ts';
import { issueCertificate } from '../../admission/issue-certificate.ts';
import { publishPending } from '../../admission/pending.ts';
import type { Definition } from '../../definition/definition.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { readTextFile } from '../../platform/files.ts';
import { API_SERVER_CERTIFICATE, CLUSTER_CA_FILE } from '../../platform/host-paths.ts';
import type { SyncResult } from '../../report/sync-result.ts';
import { parseListen } from '../../settings/parse-listen.ts';
import type { SyncContext } from '../create-context.ts';
import { runWhileLeading } from './run-while-leading.ts';

export interface ControlPlaneServicesDeps {
  readonly context: SyncContext;
  readonly log: Logger;
  /** The definition of the last good sync; undefined before the first. */
  readonly currentDefinition: () => Definition | undefined;
  /** Syncs anew and answers the definition: an accept that was committed a moment ago counts. Throws when it cannot. */
  readonly refreshDefinition: () => Promise<Definition>;
}

/** What a control plane's agent does beside its syncs: it serves enrolment and, holding the Lease, approves CSRs. */
export interface ControlPlaneServices {
  /** Starts or stops them as the last sync's findings say. */
  readonly follow: (result: SyncResult) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The services that a control plane's agent runs beside its syncs; `follow` starts and stops them by what a sync found. */
export function createControlPlaneServices(deps: ControlPlaneServicesDeps): ControlPlaneServices {
  const { context, log } = deps;
  const pending = createPendingQueue();
  const known = createKnownAddresses(async () => loadKnownAddresses(await context.adminClient()));
  let server: EnrolmentServer | undefined;
  let leading: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;

  const definitionNow = async (): Promise<Definition> => {
    const definition = deps.currentDefinition();
    if (!definition) throw new KubicError('admission.busy', { detail: 'the first sync has not ended' });
    return definition;
  };

  /** What is done under the Lease: CSRs are decided on, and the pending machines shown in the cluster. */
  async function lead(nodeName: string, signal: AbortSignal): Promise<void> {
    const client = await context.adminClient();
    const onError = (error: KubicError): void => log.warn({ code: error.code, error: error.message }, 'admission');
    const publisher = { name: nodeName, fingerprint: context.identity.fingerprint };
    const approver: CsrApproverDeps = {
      client,
      currentDefinition: definitionNow,
      refresh: deps.refreshDefinition,
      loadApiServerCertificate: () => readTextFile(API_SERVER_CERTIFICATE),
      onDecision: (request, decision) => log.info({ ...request, ...decision }, 'CSR decided'),
      onError,
    };
    await Promise.all([
      runCsrApprover(approver, signal),
      publishPending({ client, pending, publisher, onError }, signal),
    ]);
  }

  async function startServer(): Promise<void> {
    server ??= await startEnrolmentServer({
      identity: context.identity,
      listen: parseListen(context.settings.enrolment.listen),
      currentDefinition: definitionNow,
      refresh: deps.refreshDefinition,
      knownAddresses: known.latest,
      pending,
      loadClusterCA: async () => (await readTextFile(CLUSTER_CA_FILE)) ?? '',
      issueCertificate: async (csr, fingerprint) =>
        issueCertificate(csr, fingerprint, { client: await context.adminClient() }),
      onError: (error) => log.error({ code: error.code, error: error.message }, 'enrolment failed'),
      onAnswer: (enroller, answer) => log.info({ ...enroller, state: answer.state }, 'enrolment answered'),
    });
  }

  async function stopServer(): Promise<void> {
    const stopped = server;
    server = undefined;
    await stopped?.close();
  }

  function startLeading(nodeName: string): void {
    if (leading) return;
    const stop = new AbortController();
    const work = (signal: AbortSignal): Promise<void> => lead(nodeName, signal);
    leading = { stop, ended: runWhileLeading(context.leadership, work, log, stop.signal) };
  }

  async function stopLeading(): Promise<void> {
    const stopped = leading;
    leading = undefined;
    stopped?.stop.abort();
    await stopped?.ended;
    if (stopped) await context.leadership.release();
  }

  return {
    follow: async ({ definition, standing, actual: { cluster, machine } }) => {
      // whom the list does not accept any more decides on nobody's admission; an API server that is away changes nothing
      if (standing.kind !== 'accepted') await stopLeading();
      else if (cluster && machine.membership.state === 'member') startLeading(machine.membership.nodeName);
      // a control plane whose key is not in the list serves no enrolment: nobody could pin it
      if (!servesEnrolment(definition, context.identity.fingerprint)) await stopServer();
      else if (cluster) await Promise.all([startServer(), known.refresh()]);
    },
    stop: async () => {
      await stopServer();
      await stopLeading();
    },
  };
}

const KNOWN_MS = 5 * 60_000;

/** The addresses of known Nodes, of some minutes ago. Where they cannot be read those before count: they only keep places free. */
function createKnownAddresses(load: () => Promise<readonly string[]>) {
  let latest: readonly string[] = [];
  let loadedAt = -Infinity;
  return {
    latest: () => latest,
    refresh: async (): Promise<void> => {
      if (performance.now() - loadedAt < KNOWN_MS) return;
      loadedAt = performance.now();
      latest = await load().catch(() => latest);
    },
  };
}
