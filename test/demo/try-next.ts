import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../support/command.ts';
import { labScript } from '../support/provision.ts';
import { ADDRESSES, CLONE, DEMO, DEMO_DIRECTORY, LATECOMER, SEEDER } from './place.ts';

const MARK = path.join(DEMO_DIRECTORY, 'up');

/** Notes that the demo came up to its end. */
export async function markDemoUp(): Promise<void> {
  await writeFile(MARK, '');
}

/** Whether it came up to its end, and all its machines still run. */
export async function demoIsUp(): Promise<boolean> {
  const complete = await stat(MARK).catch(() => undefined);
  if (!complete) return false;
  const env = { ...process.env, KUBIC_LAB_NAME: DEMO };
  const { stdout } = await runCommand([labScript('lab'), 'hosts'], { env });
  const running = stdout.split('\n').filter((line) => /\d$/.test(line) && !line.endsWith(' -'));
  return running.length === Object.keys(ADDRESSES).length;
}

export function tellWhatToTry(): void {
  console.log(`
  The cluster stays up. \`test/demo/on MACHINE COMMAND\` runs a command on one of its machines; \`laptop\` is the administrator's,
  with a clone of the repository in ${CLONE}.

    test/demo/on laptop kubectl get nodes,pods -A -o wide
    test/demo/on ${SEEDER} kubic-init status                    what the agent made of the last commit
    test/demo/on w-1 journalctl -u kubic-init -f            the log of its agent
    test/demo/on laptop kubic-init validate .               check what you have changed, before you commit it

  ${LATECOMER} is waiting. Compare its fingerprint, and let it in:
    test/demo/on ${LATECOMER} kubic-init identity
    test/demo/on laptop kubic-init nodes pending
    test/demo/on laptop kubic-init nodes accept ${LATECOMER}
    test/demo/on laptop kubectl get nodes --watch           within two minutes; \`test/demo/on ${LATECOMER} kubic-init sync --once\`: at once

  Change the page of the add-on \`web\`, and look:
    $EDITOR ${CLONE}/addons/web/page.yaml
    git -C ${CLONE} commit -am 'Say hello' && git -C ${CLONE} push
    test/demo/on ${SEEDER} kubic-init sync --once
    test/demo/on laptop kubectl -n web get configmap page -o yaml

  make demo-down takes it all away, the clone included.`);
}
