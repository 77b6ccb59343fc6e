import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type ApiServer, startApiServer } from '../support/api-server.ts';
import { beginTest, type TestNamespace } from './addons-harness.ts';

/** An API server for the tests of one file alone, with a namespace for each of them, which `take` gets before the test begins. */
export function onServerOfItsOwn(take: (begun: TestNamespace) => void): void {
  let server: ApiServer;
  let t: TestNamespace;
  beforeAll(async () => {
    server = await startApiServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    t = await beginTest(server.kubeconfig);
    take(t);
  });
  afterEach(() => t.end());
}
