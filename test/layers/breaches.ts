import { dirname } from 'node:path';
import { DOOR, LAPTOP, OPENS, PURE, PURE_MAY_IMPORT, ROOMS, WORLD } from './law.ts';
import { type Import, roomOf } from './read-imports.ts';

const order = ROOMS.map(({ name }) => name);
const within = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);
const isPure = (path: string): boolean => PURE.includes(roomOf(path));
const isSchema = (target: string): boolean => /^\.\.\/(schemas\/[\w.-]+|package)\.json$/.test(target);

/** A room imports only from itself and from rooms before it, types included. */
export function isUpward({ file, target, ours }: Import): boolean {
  return ours && roomOf(file) !== '' && order.indexOf(roomOf(target)) > order.indexOf(roomOf(file));
}

/** A pure room imports pure rooms and what is listed for them. */
export function isImpure({ file, target, ours, names }: Import): boolean {
  if (!isPure(file)) return false;
  if (target === 'node:net') return !isAddressTest(names);
  if (PURE_MAY_IMPORT.includes(target)) return false;
  return ours ? !isPure(target) && !isSchema(target) : true;
}

/** Sockets, files and processes are opened in a few places. */
export function opensTheWorld({ file, target, typeOnly, names }: Import): boolean {
  if (!WORLD.test(target) || typeOnly || (target === 'node:net' && isAddressTest(names))) return false;
  return !OPENS.some((place) => within(file, place));
}

/** isIP and its kin: text in, a number out. */
function isAddressTest(names: string): boolean {
  return /^\{( ?isIP(v4|v6)?,? ?)+\}$/.test(names.trim());
}

/** What a stranger can reach stays small and known. */
export function isBehindTheDoor({ file, target, ours }: Import): boolean {
  return ours && within(file, DOOR.room) && DOOR.mayNotImport.includes(roomOf(target));
}

/** What a person's kubeconfig may do is for commands that a person types. */
export function isOfTheLaptop({ file, target, ours }: Import): boolean {
  return ours && within(target, LAPTOP.room) && !LAPTOP.onlyFrom.some((place) => within(file, place));
}

/** Pairs of folders, none within the other, that import each other as the program runs. */
export function findCircles(imports: readonly Import[]): readonly string[] {
  const edges = imports
    .filter(({ ours, typeOnly, target }) => ours && !typeOnly && !target.startsWith('..'))
    .map(({ file, target }) => [dirname(file), dirname(target)] as const)
    .filter(([from, to]) => !within(from, to) && !within(to, from));
  const mutual = edges.filter(([from, to]) => edges.some(([back, forth]) => back === to && forth === from));
  return [...new Set(mutual.map((edge) => edge.toSorted().join(' and ')))];
}
