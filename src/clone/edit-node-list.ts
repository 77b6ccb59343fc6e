import { isDeepStrictEqual } from 'node:util';
import { isCollection, isMap, isSeq, parseDocument, Scalar, stringify, type YAMLMap, type YAMLSeq } from 'yaml';
import type { AcceptedNode } from '../definition/definition.ts';
import { loadNodes } from '../definition/load-nodes.ts';
import { API_VERSION } from '../document/api-version.ts';
import { KubicError } from '../errors/kubic-error.ts';
import { isMapping, listAt, textAt } from '../json/at.ts';
import type { Taint } from '../objects/taint.ts';
import { uncommittedTexts } from '../source/snapshot.ts';

/** An entry to add; fields that are empty are left out. */
export type NewEntry = Pick<AcceptedNode, 'name' | 'role' | 'labels'> & {
  readonly key: string;
  readonly taints: readonly Taint[];
};

/** What is wrong with fields of an entry, as the schema of the list says it; undefined where nothing is. */
export function explainFields(fields: Partial<Pick<NewEntry, 'name' | 'labels' | 'taints'>>): string | undefined {
  const list = { apiVersion: API_VERSION, kind: 'NodeList', accepted: [{ name: 'w-1', ...fields }] };
  return loadNodes(uncommittedTexts([['nodes.yaml', stringify(list)]])).diagnostics[0]?.remedy;
}

/** Only what is added changes: comments, order, quotes and indentation of the rest stay byte for byte. */
interface Splice {
  readonly at: number;
  readonly remove: number;
  readonly text: string;
}

/**
 * Adds an entry to the `accepted` list of a nodes.yaml, in the style of the entry before it; or its key to the entry of that name,
 * where that has none.
 *
 * @throws KubicError admission.list-conflict where the text cannot be edited safely
 */
export function acceptInNodeList(text: string, entry: NewEntry): string {
  const document = parseDocument(text);
  const root = document.contents;
  if (document.errors.length > 0 || !isMap(root)) throw uneditable(entry);
  const list: unknown = root.get('accepted', true);
  const existing = isSeq(list) ? list.items.find((item) => isMap(item) && item.get('name') === entry.name) : undefined;
  const splice = isMap(existing) ? addKey(text, existing, entry.key) : addEntry(text, list, entry);
  const edited = apply(text, splice);
  if (!isExactly(edited, text, entry)) throw uneditable(entry);
  return edited;
}

/** True where a file has an entry of this name in its `accepted` list. */
export function holdsName(text: string, name: string): boolean {
  return acceptedOf(toData(text)).some((entry) => textAt(entry, 'name') === name);
}

/** The proof of an edit: without the new entry (or its key) the data is what it was. */
function isExactly(edited: string, text: string, { name, key }: NewEntry): boolean {
  const [before, after] = [toData(text), toData(edited)];
  const isNew = !holdsName(text, name);
  const accepted = acceptedOf(after).flatMap((entry) => {
    if (textAt(entry, 'name') !== name || textAt(entry, 'key') !== key) return [entry];
    return isNew ? [] : [{ ...(entry as object), key: undefined }];
  });
  const others = (data: unknown): unknown => (isMapping(data) ? { ...data, accepted: undefined } : data);
  return (
    isDeepStrictEqual(others(after), others(before)) &&
    acceptedOf(after).some((entry) => textAt(entry, 'key') === key) &&
    JSON.stringify(accepted) === JSON.stringify(acceptedOf(before))
  );
}

function acceptedOf(data: unknown): readonly unknown[] {
  return listAt(data, 'accepted');
}

/** A nodes.yaml, or one of nodes/*.yaml, that holds one entry. */
export function renderNodeList(entry: NewEntry): string {
  return `apiVersion: kubic.suse.com/v1beta1\nkind: NodeList\naccepted:\n- ${flowEntry(entry, false)}\n`;
}

/** Adds a field to the block mapping below `spec`, behind another one; undefined where the text is not written that way. */
export function addToSpec(text: string, field: string, value: string, behind: string): string | undefined {
  const spec: unknown = parseDocument(text).get('spec', true);
  const pair = isMap(spec) && !spec.flow ? spec.items.find(({ key }) => String(key) === behind) : undefined;
  const key = pair?.key;
  if (!isMap(spec) || !(key instanceof Scalar) || !key.range) return undefined;
  const indent = ' '.repeat(key.range[0] - lineStart(text, key.range[0]));
  const edited = apply(text, insertLine(text, endOf(pair?.value) ?? key.range[1], `${indent}${field}: "${value}"`));
  const result: unknown = parseDocument(edited).getIn(['spec', field]);
  return result === value ? edited : undefined;
}

function addEntry(text: string, list: unknown, entry: NewEntry): Splice {
  if (isSeq(list) && list.range && list.items.length > 0) {
    return list.flow ? extendFlow(list, entry) : extendBlock(text, list, entry);
  }
  const lines = `accepted:${newline(text)}- ${flowEntry(entry, false)}`;
  if (!isCollection(list) || !list.range) return insertLine(text, text.trimEnd().length, lines);
  // `accepted: []` becomes a list with lines
  const start = lineStart(text, list.range[0]);
  return { at: start, remove: list.range[1] - start, text: lines };
}

function extendBlock(text: string, list: YAMLSeq, entry: NewEntry): Splice {
  const start = list.range?.[0] ?? 0;
  const indent = ' '.repeat(start - lineStart(text, start));
  const last = list.items.at(-1);
  const isFlow = !isMap(last) || last.flow === true;
  const padded = isMap(last) && text[(last.range?.[0] ?? 0) + 1] === ' ';
  const lines = isFlow ? [flowEntry(entry, padded)] : stringify(fieldsOf(entry)).trimEnd().split('\n');
  const block = lines.map((line, index) => `${indent}${index === 0 ? '- ' : '  '}${line}`).join(newline(text));
  return insertLine(text, endOf(last) ?? start, block);
}

function extendFlow(list: YAMLSeq, entry: NewEntry): Splice {
  const at = endOf(list.items.at(-1)) ?? 0;
  return { at, remove: 0, text: `, ${flowEntry(entry, false)}` };
}

function addKey(text: string, map: YAMLMap, key: string): Splice {
  const pair = map.items.find((item) => String(item.key) === 'name');
  const at = endOf(pair?.value) ?? 0;
  if (map.flow) return { at, remove: 0, text: `, key: "${key}"` };
  const start = pair?.key instanceof Scalar ? (pair.key.range?.[0] ?? 0) : 0;
  return insertLine(text, at, `${' '.repeat(start - lineStart(text, start))}key: "${key}"`);
}

/** A whole line behind the one that holds the offset. */
function insertLine(text: string, offset: number, line: string): Splice {
  const content = text.slice(0, offset).trimEnd().length;
  const end = text.indexOf('\n', content);
  return end < 0
    ? { at: text.length, remove: 0, text: `${newline(text)}${line}` }
    : { at: end + 1, remove: 0, text: `${line}${newline(text)}` };
}

function apply(text: string, { at, remove, text: added }: Splice): string {
  return text.slice(0, at) + added + text.slice(at + remove);
}

function newline(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function endOf(node: unknown): number | undefined {
  return isCollection(node) || node instanceof Scalar ? node.range?.[1] : undefined;
}

function toData(text: string): unknown {
  const document = parseDocument(text);
  if (document.errors.length > 0) return undefined;
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch {
    // an alias of what is not there, or too many of them
    return undefined;
  }
}

function flowEntry(entry: NewEntry, padded: boolean): string {
  const options = { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: padded } as const;
  return stringify(fieldsOf(entry), options).trimEnd();
}

function fieldsOf({ name, key, role, labels, taints }: NewEntry): object {
  const quoted = new Scalar(key);
  quoted.type = 'QUOTE_DOUBLE';
  return {
    name,
    key: quoted,
    role,
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(taints.length > 0 && { taints }),
  };
}

function uneditable({ name }: NewEntry): KubicError {
  return new KubicError('admission.list-conflict', {
    detail: `cannot add ${name} to the way this file is written`,
    hint: 'Add the entry by hand.',
  });
}
