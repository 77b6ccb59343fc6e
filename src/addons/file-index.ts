import type { Diagnostic } from '../document/diagnostic.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import { type IndexedObject, indexObject } from './indexed-object.ts';
import { type ManifestDocument, readManifests } from './manifests/read-manifests.ts';

/** All that is kept of a file of manifests. */
export interface FileIndex {
  readonly documents: readonly DocumentIndex[];
  readonly diagnostics: readonly Diagnostic[];
}

/** All that is kept of a document that declares anything. */
export interface DocumentIndex {
  /** Of its text; absent where it is to be read again. */
  readonly digest?: string;
  readonly tokens?: number;
  /** Lines of the file before it. */
  readonly line: number;
  /** Their lines are the document's own. */
  readonly objects: readonly LocatedObject[];
}

export interface LocatedObject {
  readonly object: IndexedObject;
  readonly line: number;
  readonly column: number;
}

export interface IndexOptions {
  /** What the same file said before: of it, only the documents that changed are read. */
  readonly before?: FileIndex | undefined;
  /** Is given each object that was not there before, or not like this. */
  readonly onNew?: ((object: KubeObject, index: IndexedObject) => void) | undefined;
}

/** @param file relative to the repository's configured path */
export function indexFile(file: string, text: string, { before, onNew }: IndexOptions = {}): FileIndex {
  const known = new Map(
    before?.documents.flatMap((document) => (document.digest ? [[document.digest, document]] : [])),
  );
  const digests = new Set(before?.documents.flatMap(({ objects }) => objects.map(({ object }) => object.digest)));
  const { documents, diagnostics } = readManifests(file, text, (digest) => known.get(digest)?.tokens);
  const indexed = documents.map((document) => {
    const same = document.declared ? undefined : known.get(document.source?.digest ?? '');
    return same ? { ...same, line: document.source?.line ?? 0 } : indexDocument(document, digests, onNew);
  });
  return { documents: indexed, diagnostics };
}

function indexDocument(
  { source, declared = [] }: ManifestDocument,
  known: ReadonlySet<string>,
  onNew: IndexOptions['onNew'],
): DocumentIndex {
  const before = source?.line ?? 0;
  const objects = declared.map(({ object, line, column }) => {
    const index = indexObject(object);
    if (!known.has(index.digest)) onNew?.(object, index);
    return { object: index, line: line - before, column };
  });
  return { ...(source && { digest: source.digest, tokens: source.tokens }), line: before, objects };
}

/** The objects of a file, in its order, with their lines in it. */
export function* objectsIn({ documents }: FileIndex): Generator<LocatedObject> {
  for (const { line: before, objects } of documents)
    for (const { object, line, column } of objects) yield { object, line: before + line, column };
}
