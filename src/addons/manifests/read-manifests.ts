import { type Diagnostic, problem } from '../../document/diagnostic.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import { checkManifest } from './check-manifest.ts';
import { expandList } from './expand-list.ts';
import { normalizeManifest } from './normalize-manifest.ts';
import {
  type DocumentSource,
  type KnownTokens,
  type Manifest,
  type ParsedDocument,
  parseManifests,
} from './parse-manifests.ts';

/** An object of a manifest, and where it stands. */
export interface ManifestObject {
  readonly object: KubeObject;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface ManifestFile {
  readonly documents: readonly ManifestDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A document, where anything in it is declared or it is known already. */
export interface ManifestDocument {
  /** Absent where it could not be known again, or something is wrong in it. */
  readonly source?: DocumentSource;
  /** Absent where it is known already. */
  readonly declared?: readonly ManifestObject[];
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
 * @param tokensOf what need not be read again
 */
export function readManifests(file: string, text: string, tokensOf?: KnownTokens): ManifestFile {
  const documents: ManifestDocument[] = [];
  const warnings: Diagnostic[] = [];
  const errors: Diagnostic[] = [];
  for (const parsed of parseManifests(file, text, tokensOf)) {
    const before = errors.length;
    for (const diagnostic of parsed.diagnostics) (diagnostic.severity === 'error' ? errors : warnings).push(diagnostic);
    const declared = parsed.manifest && readObjects(file, parsed.manifest, errors);
    const isFine = parsed.diagnostics.length === 0 && errors.length === before;
    documents.push(...toDocument(parsed, declared, isFine));
    const last = errors[MAX_ERRORS - 1];
    if (last === undefined) continue;
    errors.push(problem('definition.more-problems', last, 'what follows in this file was not read'));
    break;
  }
  return { documents, diagnostics: [...errors, ...warnings.slice(0, MAX_WARNINGS)] };
}

/** None of a document of comments alone. */
function toDocument(
  { source, isKnown }: ParsedDocument,
  declared: readonly ManifestObject[] | undefined,
  isFine: boolean,
): readonly ManifestDocument[] {
  if (source && isKnown) return [{ source }];
  return declared ? [{ ...(source && isFine && { source }), declared }] : [];
}

function readObjects(file: string, manifest: Manifest, errors: Diagnostic[]): readonly ManifestObject[] {
  const declared: ManifestObject[] = [];
  for (const { value, path } of expandList(manifest.value)) {
    if (errors.length >= MAX_ERRORS) break;
    const findings = checkManifest(value).slice(0, MAX_FINDINGS);
    for (const { code, path: field, message, remedy } of findings) {
      errors.push(problem(code, { file, ...manifest.positionOf([...path, ...field]) }, message, remedy));
    }
    // checkManifest has just found apiVersion, kind and name to be there
    if (findings.length === 0)
      declared.push({ object: normalizeManifest(value as KubeObject), file, ...manifest.positionOf(path) });
  }
  return declared;
}
