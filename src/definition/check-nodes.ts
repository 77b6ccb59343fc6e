import { type Diagnostic, type Place, problem } from '../document/diagnostic.ts';
import type { YamlFile } from '../document/read-yaml.ts';
import { fieldText, valueAt } from '../document/value-at.ts';
import { formatAddress, parseAddress } from '../text/address.ts';
import { quote } from '../text/quote.ts';
import { suggest } from '../text/suggest.ts';
import type { NodeEntry } from './load-nodes.ts';

/** What no schema can say of the node lists: each name and key once, every key there, a seeder that can bootstrap. */
export function checkNodes(
  entries: readonly NodeEntry[] | undefined,
  cluster: YamlFile | undefined,
): readonly Diagnostic[] {
  if (entries === undefined) return [];
  const seeder = cluster === undefined ? undefined : fieldText(cluster, ['spec', 'seeder']);
  return [
    ...checkRepeats(entries, 'name'),
    ...checkRepeats(entries, 'key'),
    ...checkAddresses(entries),
    ...entries.flatMap(checkLabels),
    ...(cluster === undefined ? [] : checkFingerprints(entries, seeder)),
    ...(cluster === undefined || seeder === undefined ? [] : checkSeeder(entries, seeder, cluster)),
  ];
}

function checkRepeats(entries: readonly NodeEntry[], field: 'name' | 'key'): readonly Diagnostic[] {
  const seen = new Map<string, NodeEntry>();
  return entries.flatMap((entry) => {
    const value = entry[field];
    if (value === undefined) return [];
    const first = seen.get(value);
    if (first === undefined) {
      seen.set(value, entry);
      return [];
    }
    return [describeRepeat(field, value, entry, first)];
  });
}

function describeRepeat(field: 'name' | 'key', value: string, entry: NodeEntry, first: NodeEntry): Diagnostic {
  const place = placeOf(entry, field);
  const where = formatPlace(placeOf(first, field), place.file);
  if (field === 'key' && entry.list !== first.list) {
    return problem('definition.accepted-and-rejected', place, `key ${quote(value)} is also ${first.list}, in ${where}`);
  }
  if (field === 'key') {
    return problem('definition.duplicate-fingerprint', place, `key ${quote(value)} stands twice, first in ${where}`);
  }
  const remedy =
    entry.list === first.list ? undefined : 'Leave `name` out of the rejected entry: only its key counts there.';
  return problem('definition.duplicate-name', place, `name ${quote(value)} stands twice, first in ${where}`, remedy);
}

/** Each address is one node's, however it is spelt. */
function checkAddresses(entries: readonly NodeEntry[]): readonly Diagnostic[] {
  const seen = new Map<string, Place>();
  return entries.flatMap(({ yaml, path }) => {
    const addresses = valueAt(yaml, [...path, 'addresses']);
    if (!Array.isArray(addresses)) return [];
    return addresses.flatMap((text: unknown, index) => {
      if (typeof text !== 'string') return [];
      const [address, place] = [parseAddress(text), yaml.placeOf([...path, 'addresses', index])];
      const canonical = address ? formatAddress(address) : text;
      const first = seen.get(canonical);
      seen.set(canonical, first ?? place);
      if (first === undefined) return [];
      const message = `address ${quote(canonical)} stands twice, first in ${formatPlace(first, place.file)}`;
      return [problem('definition.duplicate-address', place, message)];
    });
  });
}

/** The kubelet writes these itself, from what the machine is. */
const KUBELET_LABELS = ['kubernetes.io/hostname', 'kubernetes.io/os', 'kubernetes.io/arch'];

function checkLabels(entry: NodeEntry): readonly Diagnostic[] {
  return KUBELET_LABELS.map((label) => [...entry.path, 'labels', label])
    .filter((path) => valueAt(entry.yaml, path) !== undefined)
    .map((path) =>
      problem(
        'definition.owned-field',
        entry.yaml.placeOfKey(path),
        `label ${quote(path.at(-1))} is the kubelet's own`,
      ),
    );
}

function checkFingerprints(entries: readonly NodeEntry[], seeder: string | undefined): readonly Diagnostic[] {
  return entries
    .filter((entry) => entry.list === 'accepted' && !hasField(entry, 'key') && entry.name !== seeder)
    .map((entry) => {
      const message = `accepted node ${quote(entry.name ?? '')} has no \`key\`; only the seeder may lack it, until it has bootstrapped`;
      return problem('definition.missing-fingerprint', entry.yaml.placeOf(entry.path), message);
    });
}

function checkSeeder(entries: readonly NodeEntry[], seeder: string, cluster: YamlFile): readonly Diagnostic[] {
  const accepted = entries.filter(({ list }) => list === 'accepted');
  const entry = accepted.find(({ name }) => name === seeder);
  if (entry === undefined) {
    const near = suggest(
      seeder,
      accepted.flatMap(({ name }) => name ?? []),
    );
    const message = `seeder ${quote(seeder)} is not in the accepted list${near === undefined ? '' : `; did you mean \`${near}\`?`}`;
    return [problem('definition.seeder-not-accepted', cluster.placeOf(['spec', 'seeder']), message)];
  }
  if (entry.role === 'control-plane') return [];
  const message = `seeder ${quote(seeder)} has role ${quote(entry.role ?? 'worker')}; it has to be a control plane`;
  return [problem('definition.seeder-not-control-plane', placeOf(entry, 'role'), message)];
}

function hasField(entry: NodeEntry, field: string): boolean {
  const [list, index] = entry.path;
  const lists = entry.yaml.value as Readonly<Record<string, readonly object[]>>;
  return Object.hasOwn(lists[String(list)]?.[Number(index)] ?? {}, field);
}

function placeOf(entry: NodeEntry, field: string): Place {
  return entry.yaml.placeOf([...entry.path, field]);
}

/** `line 7`, or `nodes/w-1.yaml:7` where it is another file. */
function formatPlace(place: Place, file: string): string {
  return place.file === file ? `line ${place.line}` : `${place.file}:${place.line}`;
}
