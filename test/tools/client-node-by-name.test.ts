import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { clientNodeByName } from './client-node-by-name.ts';

/** Prints the agents that client-node makes for proxies: what `nodes` takes from it on a laptop. */
const PROGRAM = `
  import { KubeConfig } from '${import.meta.dirname}/../../src/kube/user/kube-config.ts';
  for (const proxy of ['http://127.0.0.1:1', 'https://127.0.0.1:1', 'socks5://127.0.0.1:1']) {
    const config = new KubeConfig();
    config.loadFromString(JSON.stringify({
      clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:2', 'proxy-url': proxy } }],
      users: [{ name: 'u', user: { token: 't' } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
      'current-context': 'x',
    }));
    const options = {};
    await config.applyToHTTPSOptions(options);
    console.log(options.agent.constructor.name, options.headers.Authorization);
  }`;

it('the bundle has what it imports of client-node by name, working, and none of its generated API classes', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'kubic-bundle-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const {
    outputFiles: [bundle],
    metafile,
  } = await build({
    stdin: { contents: PROGRAM, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    platform: 'node',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [clientNodeByName],
    metafile: true,
    write: false,
  });
  const kept = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0),
  );
  const parts = kept.map(([path]) => path).filter((path) => path.includes('@kubernetes/client-node/'));
  expect(parts.filter((path) => path.endsWith('/dist/config.js'))).toHaveLength(1);
  expect(parts.filter((path) => /\/gen\/(models|apis)\//.test(path))).toEqual([]);

  const file = join(directory, 'program.mjs');
  writeFileSync(file, bundle?.contents ?? '');
  const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^(HttpsProxyAgent\d* Bearer t\n){2}SocksProxyAgent\d* Bearer t\n$/);
});
