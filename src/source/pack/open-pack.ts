import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The bytes of a pack that has no index yet. */
export interface OpenPack {
  readonly path: string;
  readonly size: number;
  read(start: number, length: number): Buffer;
  close(): void;
}

/** Opens a pack for reading; whoever opens it closes it. @throws an error of the file system */
export function openPack(path: string): OpenPack {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  return {
    path,
    size,
    read: (start, length) => {
      const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - start)));
      return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, start));
    },
    close: () => closeSync(file),
  };
}
