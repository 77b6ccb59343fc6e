import { text } from 'node:stream/consumers';
import type { Definition } from '../../../src/definition/definition.ts';
import { type ObserveMachineDeps, observeMachine } from '../../../src/observe/machine/observe-machine.ts';
import { observeVersions } from '../../../src/observe/machine/observe-versions.ts';
import { createExec } from '../../../src/platform/exec.ts';

// Observes the machine this process sees: the test gives it a file system of its own.
const { definition, deps } = JSON.parse(await text(process.stdin)) as {
  readonly definition: Definition;
  readonly deps: Omit<ObserveMachineDeps, 'versions'>;
};
const versions = observeVersions(createExec([]));
console.log(JSON.stringify(await observeMachine(definition, { ...deps, versions })));
