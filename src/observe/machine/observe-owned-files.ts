import { type OwnedFile, ownedFiles } from '../../generated/owned-files.generated.ts';
import { readTextFile } from '../../platform/files.ts';
import { loadJournal } from '../../state/journal.ts';

/**
 * Paths of the files we own that differ from what this version ships; all of them where writing them did not end well the
 * last time: a file that was written before a crash may not be in force yet, and nothing but the journal tells.
 */
export async function observeOwnedFiles(
  journalFile: string,
  files: readonly Pick<OwnedFile, 'path' | 'content'>[] = ownedFiles,
): Promise<string[]> {
  const last = (await loadJournal(journalFile)).findLast(({ kind }) => kind === 'host.configure');
  const wasCutShort = last !== undefined && last.event !== 'done';
  const differs = await Promise.all(
    files.map(async ({ path, content }) => wasCutShort || (await readTextFile(path)) !== content),
  );
  return files.filter((_, index) => differs[index]).map(({ path }) => path);
}
