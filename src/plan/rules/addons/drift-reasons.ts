import type { Drifted } from '../../../addons/drift/assess-drift.ts';
import type { FieldDrift } from '../../../addons/drift/describe-drift.ts';
import type { IndexedObject } from '../../../addons/indexed-object.ts';
import { formatRef } from '../../../objects/kube-object.ts';
import type { ObjectRef } from '../../../objects/object-ref.ts';
import { printable } from '../../../text/printable.ts';
import type { Held } from '../../actions.ts';
import type { LeftDrift } from './addon-changes.ts';

const SHOWN = 3;

/** What is put right, in words: one part for each thing that may have happened. */
export function describeDrift(drifted: readonly Drifted[]): readonly string[] {
  const part = (how: Drifted['how'], words: string): string[] => {
    const found = drifted.filter((drift) => drift.how === how);
    return found.length === 0 ? [] : [`${found.length} ${words} (${listSome(found.map(nameOf))})`];
  };
  return [
    ...part('changed', 'drifted'),
    ...part('gone', 'gone'),
    ...part('done', 'to run again: cleaned up when finished'),
  ];
}

/**
 * What is set in Git is applied, whatever is said of drift. Whether that changes back what somebody did is not known: they may have
 * done the same as the commit, or to a field that the commit leaves to them.
 */
export function describeOverwritten(refs: readonly ObjectRef[]): string {
  if (refs.length === 0) return '';
  return `, ${refs.length} of them in the cluster as well: what Git sets counts (${listSome(refs.map(formatRef))})`;
}

/** Held: it drifted, and is left as it is. */
export function leave(addon: string, { object, drift, mode }: LeftDrift): Held {
  const { how, fields, fought } = drift;
  const name = formatRef(drift);
  const shown = how === 'changed' && { fields };
  if (mode === 'warn') {
    const reason =
      how === 'changed' ? `${name} was changed: ${listSome(fields.map(({ path }) => path))}` : `${name} is gone`;
    return { code: 'addons.drift', subject: addon, reason, ...shown };
  }
  if (how === 'gone') {
    const reason = `${name} was made ${fought} times, and is gone again${whoCollects(object)}`;
    return { code: 'addons.vanishes', subject: addon, reason };
  }
  const by = whoChanged(fields);
  const what = listSome(fields.map(({ path }) => path));
  return {
    code: 'addons.fight',
    subject: addon,
    reason: `${name}: ${by} changed ${what} ${fought} times after it was put right`,
    ...shown,
  };
}

function nameOf(drift: Drifted): string {
  const paths = drift.fields.map(({ path }) => path);
  return paths.length === 0 ? formatRef(drift) : `${formatRef(drift)}: ${listSome(paths)}`;
}

function listSome(texts: readonly string[]): string {
  const more = texts.length - SHOWN;
  return `${texts.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function whoChanged(fields: readonly FieldDrift[]): string {
  const managers = [...new Set(fields.flatMap(({ by }) => by))];
  return managers.length === 0 ? 'somebody' : listSome(managers);
}

/** Kubernetes deletes what names an owner that is not there. */
function whoCollects({ goesWith = [] }: IndexedObject): string {
  const owner = goesWith.find(({ kind }) => kind !== 'PersistentVolume' && kind !== 'PersistentVolumeClaim');
  if (!owner) return '';
  const name = printable(`${owner.kind} ${owner.name}`);
  return `: it names ${name} as its owner, and Kubernetes deletes what has lost its owner`;
}
