// Writes docs/reference/cli.md from the tree of commands, and docs/reference/errors.md from the catalogue of errors.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createProgram } from '../../src/cli/program.ts';
import { generateCliReference } from './generate-cli-reference.ts';
import { generateErrorReference } from './generate-error-reference.ts';

const reference = join(import.meta.dirname, '../../docs/reference');
await writeFile(join(reference, 'cli.md'), generateCliReference(await createProgram('')));
await writeFile(join(reference, 'errors.md'), generateErrorReference());
