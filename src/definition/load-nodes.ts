import schema from '../../schemas/node-list.schema.json' with { type: 'json' };
import type { Diagnostic } from '../document/diagnostic.ts';
import type { FieldPath } from '../document/find-field.ts';
import { checkDocument } from '../document/load-document.ts';
import type { YamlFile } from '../document/read-yaml.ts';
import { bindSchema } from '../document/validate-schema.ts';
import type { NodeList } from '../generated/node-list.generated.ts';
import { validate as validateNodeList } from '../generated/validate-node-list.generated.ts';
import type { Snapshot } from '../source/snapshot.ts';
import type { AcceptedNode, RejectedNode } from './definition.ts';
import { readEntry } from './read-entry.ts';

/** An entry of one of the lists as it stands in its file, also where the file has errors elsewhere. */
export interface NodeEntry {
  readonly list: 'accepted' | 'rejected';
  readonly yaml: YamlFile;
  readonly path: FieldPath;
  readonly name?: string;
  readonly key?: string;
  readonly role?: string;
}

export interface LoadedNodes {
  readonly accepted: readonly AcceptedNode[];
  readonly rejected: readonly RejectedNode[];
  /** Undefined where a file of the lists cannot be read: then nothing can be said about what they lack. */
  readonly entries?: readonly NodeEntry[];
  readonly diagnostics: readonly Diagnostic[];
}

const validate = bindSchema(validateNodeList, schema);

/** The paths that hold the node list: nodes.yaml and nodes/*.yaml. Both at once is told elsewhere. */
export function nodeListPaths(snapshot: Snapshot): readonly string[] {
  return [...snapshot.entries.keys()].filter((path) => path === 'nodes.yaml' || /^nodes\/[^/]+\.yaml$/.test(path));
}

/** All node lists as one, in the order of the files. That there is none is told elsewhere. */
export function loadNodes(snapshot: Snapshot): LoadedNodes {
  const results = nodeListPaths(snapshot).map((path) => {
    const result = readEntry(snapshot, path);
    return result === undefined ? { diagnostics: [] } : checkDocument(result, 'NodeList', validate);
  });
  const documents = results.flatMap(({ document }) => document ?? []);
  const lists = documents.filter(({ valid }) => valid).map(({ yaml }) => yaml.value as NodeList);
  const complete = documents.length === results.length && results.length > 0;
  return {
    accepted: lists.flatMap(({ accepted = [] }) => accepted as readonly AcceptedNode[]),
    rejected: lists.flatMap(({ rejected = [] }) => rejected),
    ...(complete && { entries: documents.flatMap(({ yaml }) => entriesOf(yaml)) }),
    diagnostics: results.flatMap(({ diagnostics }) => diagnostics),
  };
}

function entriesOf(yaml: YamlFile): readonly NodeEntry[] {
  return (['accepted', 'rejected'] as const).flatMap((list) => {
    const entries = (yaml.value as Readonly<Record<string, unknown>>)[list];
    if (!Array.isArray(entries)) return [];
    return entries.flatMap((entry: unknown, index) => {
      if (typeof entry !== 'object' || entry === null) return [];
      return [{ list, yaml, path: [list, index], ...textFields(entry) }];
    });
  });
}

function textFields(entry: object): Pick<NodeEntry, 'name' | 'key' | 'role'> {
  const fields = Object.entries(entry).filter(([, value]) => typeof value === 'string');
  const { name, key, role } = Object.fromEntries(fields) as Readonly<Record<string, string | undefined>>;
  return {
    ...(name !== undefined && { name }),
    ...(key !== undefined && { key }),
    ...(role !== undefined && { role }),
  };
}
