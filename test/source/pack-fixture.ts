import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ObjectReader, openObjects } from '../../src/source/pack/object-reader.ts';
import { createPackSink } from '../../src/source/pack/pack-sink.ts';

/** A place for packs and stores. */
export interface PackFixture {
  /** Of something that is not there yet. */
  newPath(): string;
  /** Takes a pack in as it arrives, in pieces; resolves to the store. */
  receive(data: Buffer, gitdir?: string): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

const PIECE = 1_000;

export async function createPackFixture(): Promise<PackFixture> {
  const directory = await mkdtemp(join(tmpdir(), 'kubic-packs-'));
  let made = 0;
  const newPath = (): string => {
    made += 1;
    return join(directory, String(made));
  };
  return {
    newPath,
    receive: async (data, gitdir = newPath()) => {
      const sink = createPackSink(gitdir);
      try {
        for (let at = 0; at < data.length; at += PIECE) await sink.write(data.subarray(at, at + PIECE));
        await sink.keep();
      } finally {
        await sink.discard();
      }
      return gitdir;
    },
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}

export async function inStore<T>(gitdir: string, use: (objects: ObjectReader) => T): Promise<T> {
  const objects = openObjects(gitdir);
  try {
    return use(objects);
  } finally {
    objects.close();
  }
}

/** The code of what went wrong, or undefined. */
export async function codeOf(run: () => unknown): Promise<string | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return (error as { readonly code?: string }).code ?? String(error);
  }
}
