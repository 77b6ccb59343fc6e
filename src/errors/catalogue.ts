import type { Catalogue, CatalogueEntry } from './catalogue-entry.ts';
import { addonsErrors } from './codes/addons-errors.ts';
import { admissionErrors } from './codes/admission-errors.ts';
import { agentErrors } from './codes/agent-errors.ts';
import { cloneErrors } from './codes/clone-errors.ts';
import { definitionCheckErrors } from './codes/definition-check-errors.ts';
import { definitionErrors } from './codes/definition-errors.ts';
import { kubeErrors } from './codes/kube-errors.ts';
import { kubeadmErrors } from './codes/kubeadm-errors.ts';
import { settingsErrors } from './codes/settings-errors.ts';
import { sourceErrors } from './codes/source-errors.ts';

/** Every code the program can print. Codes are `area.kebab-case`, stable across releases. */
export const catalogue = {
  ...sourceErrors,
  ...definitionErrors,
  ...definitionCheckErrors,
  ...settingsErrors,
  ...admissionErrors,
  ...cloneErrors,
  ...addonsErrors,
  ...kubeErrors,
  ...kubeadmErrors,
  ...agentErrors,
} as const satisfies Catalogue;

export type ErrorCode = keyof typeof catalogue;

/** Whether a code says that somebody else is not there yet or away for now: nothing on this machine is wrong. */
export function isTemporary(code: string): boolean {
  return findEntry(code)?.temporary === true;
}

/** Exit codes, as sysexits(3) has them where it has a word for it. */
export const EXIT = { done: 0, failed: 1, changes: 2, usage: 64, invalid: 65, temporary: 75 } as const;

/** What somebody wrote that has to be corrected: a repository, a machine's settings. */
const INVALID: Catalogue = { ...definitionErrors, ...definitionCheckErrors, ...settingsErrors };

/** The exit code that tells an error's kind to scripts and to systemd (`RestartPreventExitStatus=64 65`). */
export function exitCodeOf(code: string): number {
  if (Object.hasOwn(INVALID, code)) return EXIT.invalid;
  return isTemporary(code) ? EXIT.temporary : EXIT.failed;
}

/** The entry of a code, or undefined for text that is no code of ours. */
export function findEntry(code: string): CatalogueEntry | undefined {
  return Object.hasOwn(catalogue, code) ? catalogue[code as ErrorCode] : undefined;
}
