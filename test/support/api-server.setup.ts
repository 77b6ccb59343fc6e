import type { TestProject } from 'vitest/node';
import { startApiServer } from './api-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The API server of all cluster suites: each test works in a namespace, or with names, of its own. */
    readonly kubeconfig: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startApiServer();
  project.provide('kubeconfig', server.kubeconfig);
  return server.stop;
}
