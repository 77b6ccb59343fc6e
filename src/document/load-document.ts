import { quote } from '../text/quote.ts';
import { API_VERSION } from './api-version.ts';
import { type Diagnostic, problem, wholeFile } from './diagnostic.ts';
import type { YamlFile, YamlResult } from './read-yaml.ts';
import type { Validate } from './validate-schema.ts';

/** A document of one of our kinds. `valid` says that it keeps to its schema, with defaults filled in. */
export interface LoadedDocument {
  readonly yaml: YamlFile;
  readonly valid: boolean;
}

export interface LoadResult {
  /** Absent where nothing sensible can be said about its fields. */
  readonly document?: LoadedDocument;
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks that the document is of this kind and keeps to its schema. */
export function checkDocument(result: YamlResult, kind: string, validate: Validate): LoadResult {
  const { yaml } = result;
  if (yaml === undefined) return { diagnostics: result.diagnostics };
  const wrong = checkHeader(yaml, kind);
  if (wrong !== undefined) return { diagnostics: [...result.diagnostics, wrong] };
  const violations = validate(yaml);
  const diagnostics = [...result.diagnostics, ...violations];
  return { document: { yaml, valid: diagnostics.length === 0 }, diagnostics };
}

/** What makes it pointless to look at the fields: no content, no mapping, another version or kind. */
function checkHeader(yaml: YamlFile, kind: string): Diagnostic | undefined {
  if (yaml.value === null || yaml.value === undefined) {
    return problem('definition.empty-file', wholeFile(yaml.file), `the file is empty; a ${kind} belongs here`);
  }
  if (typeof yaml.value !== 'object' || Array.isArray(yaml.value)) {
    const message = `the file holds no mapping; a ${kind} belongs here`;
    return problem('definition.wrong-kind', yaml.placeOf([]), message, `Begin with \`apiVersion: ${API_VERSION}\`.`);
  }
  const header = yaml.value as { readonly apiVersion?: unknown; readonly kind?: unknown };
  if (header.kind !== undefined && header.kind !== kind) {
    const message = `kind is ${quote(header.kind)}; a ${kind} belongs in this file`;
    return problem('definition.wrong-kind', yaml.placeOf(['kind']), message, `Write \`kind: ${kind}\`.`);
  }
  if (header.apiVersion !== undefined && header.apiVersion !== API_VERSION) {
    const message = `apiVersion is ${quote(header.apiVersion)}; this program reads \`${API_VERSION}\``;
    return problem('definition.wrong-version', yaml.placeOf(['apiVersion']), message);
  }
  return undefined;
}
