import { type Diagnostic, problem } from '../../document/diagnostic.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { checkManifest } from './check-manifest.ts';
import { expandList } from './expand-list.ts';
import { normalizeManifest } from './normalize-manifest.ts';
import { type Manifest, parseManifests } from './parse-manifests.ts';

/** An object that a file declares, and where. */
export interface DeclaredObject {
  readonly object: KubeObject;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface ManifestFile {
  readonly declared: readonly DeclaredObject[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Enough to mend a document; what a hostile one has more costs nothing. */
const MAX_FINDINGS = 20;
const MAX_ERRORS = 200;
const MAX_WARNINGS = 200;

/**
 * A file of manifests as the objects it declares, and all that is wrong in it. Of the file's text alone; linear in its length. A document
 * is read and let go before the next one.
 *
 * @param file relative to the repository's configured path
 */
export function readManifests(file: string, text: string): ManifestFile {
  const declared: DeclaredObject[] = [];
  const warnings: Diagnostic[] = [];
  const errors: Diagnostic[] = [];
  for (const { manifest, diagnostics } of parseManifests(file, text)) {
    for (const diagnostic of diagnostics) (diagnostic.severity === 'error' ? errors : warnings).push(diagnostic);
    if (manifest !== undefined) readObjects(file, manifest, declared, errors);
    const last = errors[MAX_ERRORS - 1];
    if (last === undefined) continue;
    errors.push(problem('definition.more-problems', last, 'what follows in this file was not read'));
    break;
  }
  return { declared, diagnostics: [...errors, ...warnings.slice(0, MAX_WARNINGS)] };
}

function readObjects(file: string, manifest: Manifest, declared: DeclaredObject[], errors: Diagnostic[]): void {
  for (const { value, path } of expandList(manifest.value)) {
    if (errors.length >= MAX_ERRORS) return;
    const findings = checkManifest(value).slice(0, MAX_FINDINGS);
    for (const { code, path: field, message, remedy } of findings) {
      errors.push(problem(code, { file, ...manifest.positionOf([...path, ...field]) }, message, remedy));
    }
    // checkManifest has just found apiVersion, kind and name to be there
    if (findings.length === 0)
      declared.push({ object: normalizeManifest(value as KubeObject), file, ...manifest.positionOf(path) });
  }
}
