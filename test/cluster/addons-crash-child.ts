import { createHarness } from './addons-harness.ts';

// One sync of the add-ons given, in a process that is killed at its nth write, just before or while it is sent.
const { kubeconfig, prefix, addons, dieAt, sent } = JSON.parse(process.argv[2] ?? '{}');
let count = 0;
const harness = await createHarness(
  kubeconfig,
  (addon) => addon.startsWith(prefix),
  () => {
    count += 1;
    if (count !== dieAt) return;
    if (sent) setTimeout(() => process.kill(process.pid, 'SIGKILL'), 5);
    else process.kill(process.pid, 'SIGKILL');
  },
);
await harness.sync(addons);
if (sent && count >= dieAt) await new Promise(() => setTimeout(() => {}, 1000));
harness.client.close();
