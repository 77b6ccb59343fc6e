import type { LoadedRepository } from '../../addons/load-repository.ts';
import type { RenderedAddon } from '../../addons/rendered-addon.ts';
import type { Definition } from '../../definition/definition.ts';
import type { Diagnostic } from '../../document/diagnostic.ts';
import { KubicError } from '../../errors/kubic-error.ts';
import { reviveError, type SentError } from '../../errors/revive-error.ts';
import { isMapping } from '../../json/at.ts';
import { parseJson, toJson } from '../../json/json-text.ts';
import type { KubeObject } from '../../objects/kube-object.ts';
import type { FetchJob, FetchResult } from '../../source/fetch/fetch-job.ts';
import type { CommitInfo } from '../../source/snapshot.ts';

/** Asks what a repository says at its head: it is fetched, checked and rendered where it is asked. */
export interface RepositoryJob extends FetchJob {
  readonly kind: 'repository';
  /** Where what add-ons declare is kept by Git's ids. */
  readonly cacheDir: string;
  /** Whether what add-ons declare is told, or only whether it is valid. */
  readonly withAddons: boolean;
}

/** Asks for objects of a commit that was read before. */
export interface ObjectsJob extends Pick<FetchJob, 'storeDir' | 'path' | 'limits' | 'commit'> {
  readonly kind: 'objects';
  readonly cacheDir: string;
  readonly addon: string;
  /** As declared. */
  readonly keys: readonly string[];
}

export type ReadingJob = RepositoryJob | ObjectsJob | (FetchJob & { readonly kind?: undefined });

/** A commit, and what it says. */
export interface RepositoryHead extends CommitInfo {
  /** Absent where it is not valid. */
  readonly definition?: Definition;
  readonly diagnostics: readonly Diagnostic[];
  /** Absent where it was not asked for. */
  readonly rendered?: readonly RenderedAddon[];
}

/** An object of an add-on that was not in it before, or not like this: it is asked for next, so it comes along. */
export interface NewObject {
  readonly addon: string;
  readonly object: KubeObject;
}

/** Objects in one line: the asker has its turn for other work between two lines. */
const SLICE = 200;

type Line =
  | { readonly error: SentError }
  | { readonly head: FetchResult<RepositoryHead> }
  | { readonly addon: number; readonly objects: RenderedAddon['objects'] }
  | { readonly object: KubeObject; readonly of?: string }
  | { readonly end: true };

/** Lines of JSON: the head with its add-ons empty, slices of what they declare, objects that are new in it, the end. */
export function* encodeHead(
  result: FetchResult<CommitInfo>,
  { definition, diagnostics, rendered }: LoadedRepository,
  { withAddons, news = [] }: { readonly withAddons: boolean; readonly news?: readonly NewObject[] },
): Generator<Uint8Array> {
  const { commit, subject, author, committedAt } = result.snapshot;
  const told = definition && withAddons ? rendered : [];
  const head: RepositoryHead = {
    ...{ commit, subject, author, committedAt },
    ...(definition && { definition: withoutFiles(definition) }),
    diagnostics,
    ...(withAddons && { rendered: told.map((addon) => ({ ...addon, objects: [] })) }),
  };
  yield lineOf({ head: { ...result, snapshot: head } });
  for (const [addon, { objects }] of told.entries()) {
    for (let at = 0; at < objects.length; at += SLICE) yield lineOf({ addon, objects: objects.slice(at, at + SLICE) });
  }
  if (definition) for (const { addon, object } of news) yield lineOf({ object, of: addon });
  yield lineOf({ end: true });
}

function withoutFiles({ addons, ...definition }: Definition): Definition {
  const declared = addons.map(({ name, dependsOn, prune, drift, digest }) => ({
    name,
    dependsOn,
    prune,
    drift,
    digest,
  }));
  return { ...definition, addons: declared };
}

/** Manifests as lines of JSON, one at a time, and a line that says that it is whole. */
export function* encodeObjects(objects: Iterable<KubeObject>): Generator<Uint8Array> {
  for (const object of objects) yield lineOf({ object });
  yield lineOf({ end: true });
}

function lineOf(line: Line): Uint8Array {
  return Buffer.from(`${toJson(line)}\n`);
}

/** @throws KubicError: what the process threw, or source.fetch-crashed where the answer is not whole */
export async function decodeHead(
  output: AsyncIterable<Buffer>,
): Promise<{ readonly result: FetchResult<RepositoryHead>; readonly news: readonly NewObject[] }> {
  let result: FetchResult<RepositoryHead> | undefined;
  const objects: RenderedAddon['objects'][number][][] = [];
  const news: NewObject[] = [];
  for await (const line of readLines(output)) {
    if ('head' in line) result = line.head;
    else if ('addon' in line) {
      objects[line.addon] ??= [];
      objects[line.addon]?.push(...line.objects);
    } else if ('object' in line && line.of !== undefined) news.push({ addon: line.of, object: line.object });
  }
  if (!result) throw new KubicError('source.fetch-crashed', { detail: 'its answer is cut short' });
  const rendered = result.snapshot.rendered?.map((addon, at) => ({ ...addon, objects: objects[at] ?? [] }));
  return { result: { ...result, snapshot: { ...result.snapshot, ...(rendered && { rendered }) } }, news };
}

/** @throws KubicError as decodeHead */
export async function decodeObjects(output: AsyncIterable<Buffer>): Promise<readonly KubeObject[]> {
  const objects: KubeObject[] = [];
  for await (const line of readLines(output)) if ('object' in line) objects.push(line.object);
  return objects;
}

async function* readLines(output: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let rest: Buffer[] = [];
  let isWhole = false;
  for await (const chunk of output) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, from)) {
      const line = parseLine(Buffer.concat([...rest, chunk.subarray(from, end)]));
      if ('error' in line) throw reviveError(line.error);
      if ('end' in line) isWhole = true;
      else yield line;
      rest = [];
      from = end + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (!isWhole) throw new KubicError('source.fetch-crashed', { detail: 'its answer is cut short' });
}

const OBJECT = Buffer.from('{"object":');

function parseLine(text: Buffer): Line {
  // only objects have integers that JSON.parse would round, and looking for them takes several times as long
  const line: unknown = text.subarray(0, OBJECT.length).equals(OBJECT)
    ? parseJson(text.toString('utf8'))
    : JSON.parse(text.toString('utf8'));
  if (!isMapping(line)) throw new KubicError('source.fetch-crashed', { detail: 'its answer makes no sense' });
  return line as unknown as Line;
}
