// Writes docs/reference/cli.md from the tree of commands, docs/reference/errors.md from the catalogue of errors, and the tables of
// docs/architecture.md from the law of the layers and the names of the state's files.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createProgram } from '../../src/cli/program.ts';
import { generateArchitecture } from './generate-architecture.ts';
import { generateCliReference } from './generate-cli-reference.ts';
import { generateErrorReference } from './generate-error-reference.ts';

const reference = join(import.meta.dirname, '../../docs/reference');
await writeFile(join(reference, 'cli.md'), generateCliReference(await createProgram('')));
await writeFile(join(reference, 'errors.md'), generateErrorReference());
const architecture = join(reference, '../architecture.md');
await writeFile(architecture, generateArchitecture(await readFile(architecture, 'utf8')));
