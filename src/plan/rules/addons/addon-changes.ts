import type { AddonState } from '../../../addons/addon-state.ts';
import type { InventoryEntry } from '../../../addons/inventory.ts';
import { applyModeOf } from '../../../addons/object-options.ts';
import { isProtected } from '../../../addons/protection.ts';
import type { RenderedAddon } from '../../../addons/rendered-addon.ts';
import { digestOf } from '../../../json/canonical.ts';
import { formatRef, type KubeObject, refOf } from '../../../objects/kube-object.ts';
import { keyOf } from '../../../objects/object-key.ts';
import type { ObjectRef } from '../../../objects/object-ref.ts';
import type { Held } from '../../actions.ts';

/** What the whole repository declares, for questions that one add-on cannot answer. */
export interface Declared {
  readonly keys: ReadonlySet<string>;
  /** Namespaces that objects are declared in, with the add-on of one of them. */
  readonly namespaces: ReadonlyMap<string, string>;
  /** guards.protect */
  readonly protect: readonly string[];
  /** What must not be deleted, and so nothing that would take it along. */
  readonly staying: readonly ObjectRef[];
}

export interface Changes {
  readonly added: readonly ObjectRef[];
  readonly changed: readonly ObjectRef[];
  readonly drifted: readonly ObjectRef[];
  /** May be deleted and made anew. */
  readonly replaced: boolean;
}

export interface Leftovers {
  readonly prune: readonly ObjectRef[];
  readonly held: readonly Held[];
}

export function collectDeclared(
  rendered: readonly RenderedAddon[],
  protect: readonly string[],
  states: readonly AddonState[],
): Declared {
  const all = rendered.flatMap((addon) => addon.objects.map((object) => ({ addon: addon.name, ref: refOf(object) })));
  return {
    keys: new Set(all.map(({ ref }) => keyOf(ref))),
    namespaces: new Map(all.map(({ addon, ref }) => [ref.namespace ?? 'default', addon])),
    protect,
    staying: [...protect.flatMap(refOfEntry), ...states.flatMap((state) => stayingOf(state, protect))],
  };
}

/** `Kind/namespace/name`: what is inside of a namespace, also where no inventory names it. */
function refOfEntry(entry: string): ObjectRef[] {
  const [kind = '', namespace = '', name] = entry.split('/');
  return name === undefined ? [] : [{ apiVersion: '', kind, namespace, name }];
}

function stayingOf({ inventory, prune }: AddonState, protect: readonly string[]): readonly ObjectRef[] {
  return inventory.filter((entry) => entry.kept || !prune || isProtected(entry, protect));
}

/** Which objects of an add-on differ from what is recorded of it, and how. */
export function compareObjects(addon: RenderedAddon, state: AddonState | undefined): Changes {
  const entries = new Map(state?.inventory.map((entry) => [keyOf(entry), entry]));
  const drifted = new Set(state?.drifted.map(keyOf));
  const fought = new Set(state?.fought.map(keyOf));
  const sorted = addon.objects
    .filter((object) => applyModeOf(object) !== 'ignore')
    .map((object) => ({ object, how: compareObject(object, entries, drifted, fought) }));
  const refs = (wanted: string): ObjectRef[] =>
    sorted.filter(({ how }) => how === wanted).map(({ object }) => refOf(object));
  const replaced = sorted.some(({ object, how }) => how === 'changed' && applyModeOf(object) === 'replace');
  return { added: refs('added'), changed: refs('changed'), drifted: refs('drifted'), replaced };
}

function compareObject(
  object: KubeObject,
  entries: ReadonlyMap<string, InventoryEntry>,
  drifted: ReadonlySet<string>,
  fought: ReadonlySet<string>,
): 'added' | 'changed' | 'drifted' | 'same' {
  const key = keyOf(refOf(object));
  const entry = entries.get(key);
  if (entry?.rendered === undefined) return 'added';
  if (entry.rendered !== digestOf(object)) return 'changed';
  return drifted.has(key) && !fought.has(key) ? 'drifted' : 'same';
}

/** What is recorded of an add-on and no longer declared: to be deleted, or why not. */
export function sortLeftovers(state: AddonState, prunes: boolean, declared: Declared): Leftovers {
  const prune: ObjectRef[] = [];
  const held: Held[] = [];
  for (const { apiVersion, kind, namespace, name, kept } of state.inventory) {
    const ref = { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
    // another add-on has it now, or its owner wants it to stay: the handler lets go of it
    if (declared.keys.has(keyOf(ref)) || kept || !prunes) continue;
    const why = whyProtected(ref, declared);
    if (why === undefined) prune.push(ref);
    else held.push({ code: 'addons.protected', subject: formatRef(ref), reason: why });
  }
  return { prune, held };
}

/** Whether deleting an object deletes the other: what is in a namespace, and a definition's custom resources. */
function takesAlong(ref: ObjectRef, other: ObjectRef): boolean {
  if (ref.kind === 'Namespace') return other.namespace === ref.name;
  if (ref.kind !== 'CustomResourceDefinition') return false;
  return other.apiVersion.startsWith(`${ref.name.slice(ref.name.indexOf('.') + 1)}/`);
}

function whyProtected(ref: ObjectRef, declared: Declared): string | undefined {
  if (isProtected(ref, declared.protect)) return 'it left the repository, but is protected';
  const inside = declared.staying.find((other) => takesAlong(ref, other));
  if (inside) return `it left the repository, but ${formatRef(inside)} is to stay, and would go with it`;
  const user = ref.kind === 'Namespace' ? declared.namespaces.get(ref.name) : undefined;
  return user === undefined ? undefined : `it left the repository, but add-on ${user} declares objects in it`;
}
