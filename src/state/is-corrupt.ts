/** True where a state file was read and is no JSON, or is a directory; not where it is the disk that fails. */
export function isCorrupt(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof Error && 'code' in error && error.code === 'EISDIR');
}
