import { homedir } from 'node:os';
import path from 'node:path';

// KUBIC_DEMO makes it another demo than the one a person may have up: the test's own. test/demo/on follows it, too.
const suffix = process.env.KUBIC_DEMO ?? '';

/** The name of the demo's lab. */
export const DEMO = suffix === '' ? 'demo' : `demo-${suffix}`;

/** What the demo keeps beside its lab: the repository as the Git server has it, the administrator's clone and kubeconfig. */
export const DEMO_DIRECTORY = path.join(homedir(), '.cache/kubic-init', DEMO);
export const GIT_ROOT = path.join(DEMO_DIRECTORY, 'git');
export const CLONE = path.join(DEMO_DIRECTORY, 'cluster');
export const KUBECONFIG = path.join(DEMO_DIRECTORY, 'kubeconfig');

export const REPOSITORY_URL = 'http://10.250.0.1:8080/cluster.git';
export const SEEDER = 'cp-1';
export const WORKERS = ['w-1', 'w-2'] as const;
export const LATECOMER = 'w-3';
export const ADDRESSES: Readonly<Record<string, string>> = {
  [SEEDER]: '10.250.0.11',
  'w-1': '10.250.0.21',
  'w-2': '10.250.0.22',
  [LATECOMER]: '10.250.0.23',
};
