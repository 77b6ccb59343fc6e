// node test/demo/demo.ts up|down: a whole cluster on this machine, told step by step; and all of it away again.
import { rm } from 'node:fs/promises';
import { runCommand } from '../support/command.ts';
import { leftOfLab } from '../support/lab.ts';
import { labScript } from '../support/provision.ts';
import { CLONE, DEMO, DEMO_DIRECTORY } from './place.ts';
import { demoIsUp, tellWhatToTry } from './try-next.ts';
import { bringUp } from './up.ts';

async function up(): Promise<void> {
  if (await demoIsUp()) {
    console.log('The demo is up already. To see it from the beginning: make demo-down demo');
    tellWhatToTry();
    return;
  }
  await down(); // what an interrupted demo left
  await bringUp();
}

async function down(): Promise<void> {
  const env = { ...process.env, KUBIC_LAB_NAME: DEMO };
  await runCommand([labScript('lab'), 'purge'], { env, timeoutMs: 120_000 });
  await rm(DEMO_DIRECTORY, { recursive: true, force: true });
  const left = await leftOfLab(DEMO);
  if (left.length > 0) throw new Error(`this is left of the demo:\n${left.join('\n')}`);
}

async function main(command: string | undefined): Promise<void> {
  if (process.getuid?.() !== 0) throw new Error('the demo makes namespaces, mounts and cgroups: run it as root');
  if (command === 'up') return up();
  if (command !== 'down') throw new Error('usage: node test/demo/demo.ts up|down');
  await down();
  console.log(
    `The demo is down; nothing of it is left, and the laptop's clone ${CLONE} is deleted with it. What was built stays in ~/.cache/kubic-init for the next time.`,
  );
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    console.error('\nInterrupted. `make demo-down` removes what is up; `make demo` begins anew.');
    process.exit(code);
  });
}

main(process.argv[2]).catch((error: unknown) => {
  for (let cause = error; cause instanceof Error; cause = cause.cause) console.error(`\ndemo: ${cause.message}`);
  console.error('What is up stays up, to be looked at. `make demo` begins anew, `make demo-down` clears up.');
  process.exitCode = 1;
});
