import { readFile } from 'node:fs/promises';
import { hostname, networkInterfaces, release } from 'node:os';
import packageJson from '../../../package.json' with { type: 'json' };
import { type Facts, parseFacts } from '../protocol/enrolment-protocol.ts';

/** What helps a person to tell machines apart. A file that is not there leaves its fact empty. */
export async function collectFacts(): Promise<Facts> {
  const [machineId, osRelease] = await Promise.all([readText('/etc/machine-id'), readText('/etc/os-release')]);
  const addresses = Object.values(networkInterfaces())
    .flatMap((interfaces) => interfaces ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid) // no loopback, nothing link-local
    .map(({ address }) => address);
  return parseFacts({
    hostname: hostname(),
    machineId: machineId.trim(),
    osImage: /^PRETTY_NAME="?([^"\n]*)/m.exec(osRelease)?.[1] ?? '',
    kernel: release(),
    addresses,
    agentVersion: packageJson.version,
  });
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
