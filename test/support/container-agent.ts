import { copyFile, link, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Lab } from './lab.ts';

interface UserData {
  readonly write_files: readonly { readonly path: string; readonly permissions?: string; readonly content: string }[];
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Puts the image, the unit and the host's command where every host of the lab sees them. Once for a lab. */
export async function shareAgentImage(lab: Lab, archive: string): Promise<void> {
  await mkdir(lab.files, { recursive: true });
  await link(archive, path.join(lab.files, 'kubic-init.tar')).catch(() =>
    copyFile(archive, path.join(lab.files, 'kubic-init.tar')),
  );
  for (const file of ['kubic-init.service', 'kubic-init.sh']) {
    await copyFile(path.join(ROOT, 'init', file), path.join(lab.files, file));
  }
}

/** What an OS image for such machines would carry: Podman with the agent's image, the unit, enabled, and the command. */
export async function installAgentContainer(lab: Lab, host: string): Promise<void> {
  await lab.exec(host, ['podman', 'load', '--quiet', '--input', '/opt/lab-files/kubic-init.tar']);
  await lab.exec(host, ['cp', '/opt/lab-files/kubic-init.service', '/etc/systemd/system/kubic-init.service']);
  await lab.exec(host, ['cp', '/opt/lab-files/kubic-init.sh', '/usr/local/bin/kubic-init']);
  await lab.exec(host, ['systemctl', 'enable', 'kubic-init']);
}

/** Does what cloud-init would with deployments/cloud-init.yaml, once this repository's URL is filled in; then the agent starts. */
export async function applyUserData(lab: Lab, host: string, repositoryUrl: string): Promise<void> {
  const text = await readFile(path.join(ROOT, 'deployments/cloud-init.yaml'), 'utf8');
  const userData = parse(text.replace(/https:\/\/git\.example\.com\S+/, repositoryUrl)) as UserData;
  for (const { path: file, permissions = '0644', content } of userData.write_files) {
    await lab.exec(host, ['install', '-D', '-m', permissions, '/dev/null', file]);
    await lab.exec(host, ['tee', file], { input: content });
  }
  await lab.exec(host, ['systemctl', 'start', 'kubic-init']);
}
