// Writes src/generated/owned-files.generated.ts: the files of init/host/ as text, so that one executable carries them.
import { readFileSync, writeFileSync } from 'node:fs';

const FILES = [
  ['20-kubic-init.conf', '/etc/systemd/system/kubelet.service.d/20-kubic-init.conf', 'unit'],
  ['90-kubic-init.sysctl.conf', '/etc/sysctl.d/90-kubic-init.conf', 'sysctl'],
  ['kubic-init.modules.conf', '/etc/modules-load.d/kubic-init.conf', 'modules'],
] as const;

const entries = FILES.map(([source, path, effect]) => {
  const content = readFileSync(new URL(`../../init/host/${source}`, import.meta.url), 'utf8');
  return { path, effect, content };
});

writeFileSync(
  new URL('../../src/generated/owned-files.generated.ts', import.meta.url),
  `// Generated from init/host/ by test/tools/generate-owned-files.ts. Do not edit.

export interface OwnedFile {
  readonly path: string;
  /** What must be told when it changes. */
  readonly effect: 'unit' | 'sysctl' | 'modules';
  readonly content: string;
}

export const ownedFiles: readonly OwnedFile[] = ${JSON.stringify(entries, null, 2)};
`,
);
