import { type Diagnostic, problem, warning, wholeFile } from '../document/diagnostic.ts';
import type { Snapshot } from '../source/snapshot.ts';
import { nodeListPaths } from './load-nodes.ts';

/** What is wrong with the files as such: missing, in two places, nearly in the right one, links and submodules. */
export function checkEntries(snapshot: Snapshot): readonly Diagnostic[] {
  const paths = [...snapshot.entries.keys()];
  return [...checkTypes(snapshot), ...checkRequired(snapshot, paths), ...paths.flatMap(checkMisplaced)];
}

function checkTypes(snapshot: Snapshot): readonly Diagnostic[] {
  return [...snapshot.entries].flatMap(([path, { type }]) => {
    if (type === 'symlink') return [problem('definition.symlink', wholeFile(path), 'this is a symbolic link')];
    if (type === 'submodule') return [problem('definition.submodule', wholeFile(path), 'this is a submodule')];
    return [];
  });
}

function checkRequired(snapshot: Snapshot, paths: readonly string[]): readonly Diagnostic[] {
  const empty = paths.length === 0 ? ': there is no file at all in the configured path' : '';
  const missing = (file: string, text: string): Diagnostic =>
    problem('definition.missing-file', wholeFile(file), `${text} is missing${empty}`);
  const lists = nodeListPaths(snapshot);
  const [first, second] = lists;
  return [
    ...(snapshot.entries.has('cluster.yaml') ? [] : [missing('cluster.yaml', 'cluster.yaml')]),
    ...(first === undefined ? [missing('nodes.yaml', 'nodes.yaml (or nodes/*.yaml)')] : []),
    ...(first === 'nodes.yaml' || lists.includes('nodes.yaml')
      ? twoLists(first === 'nodes.yaml' ? second : first)
      : []),
  ];
}

function twoLists(other: string | undefined): readonly Diagnostic[] {
  if (other === undefined) return [];
  return [problem('definition.two-node-lists', wholeFile('nodes.yaml'), `nodes.yaml and ${other} are both there`)];
}

/** Names that are nearly read: an error where a node or the cluster would be overlooked, a warning for an add-on. */
function checkMisplaced(path: string): readonly Diagnostic[] {
  const place = wholeFile(path);
  if (/^(cluster|nodes)\.(yml|json)$/.test(path) || /^nodes\/[^/]+\.(yml|json)$/.test(path)) {
    const right = path.replace(/[a-z]+$/, 'yaml');
    return [problem('definition.misplaced-file', place, `${path} is not read`, `Name it \`${right}\`.`)];
  }
  if (/^nodes\/.+\/[^/]+\.ya?ml$/.test(path)) {
    return [problem('definition.misplaced-file', place, `${path} is not read`, 'Move it up into `nodes/`.')];
  }
  if (/^addons\/[^/]+\.(ya?ml|json)$/.test(path)) {
    const message = `${path} is not read: an add-on is a folder`;
    return [warning('definition.misplaced-file', place, message, 'Move it into a folder below `addons/`.')];
  }
  return [];
}
