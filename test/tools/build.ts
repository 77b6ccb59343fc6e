// Bundles src/main.ts into the one executable dist/kubic-init. It is CommonJS, so that it runs under any name anywhere:
// an ES module without the extension would need a package.json beside it.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

/**
 * Runs before anything of ours is even parsed by a Node that may be too old for it: on such a machine the pinned Node of
 * the work tree, or one named by KUBIC_INIT_NODE, takes over.
 */
const launcher = `#!/usr/bin/env node
if (+process.versions.node.split('.')[0] < 24) {
  const fs = require('fs'), path = require('path');
  const own = path.join(path.dirname(fs.realpathSync(__filename)), '../node_modules/node/bin/node');
  const node = [process.env.KUBIC_INIT_NODE, own].find((file) => file && fs.existsSync(file));
  if (!node) {
    console.error('kubic-init: needs Node 24 or newer, this is ' + process.version + '. Install it, or set KUBIC_INIT_NODE to its path.');
    process.exit(1);
  }
  const { status, signal } = require('child_process').spawnSync(node, [__filename, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (signal) process.kill(process.pid, signal);
  process.exit(status ?? 1);
}
const bundleUrl = require('url').pathToFileURL(__filename).href;`;

const root = new URL('../../', import.meta.url).pathname;
mkdirSync(`${root}dist`, { recursive: true });
const outfile = `${root}dist/kubic-init`;
const { metafile } = await build({
  entryPoints: [`${root}src/main.ts`],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  define: { 'import.meta.url': 'bundleUrl' }, // some dependencies ask for it; CommonJS has none
  banner: { js: launcher },
  // optional native parts of ssh2 (by way of dockerode): it does without them
  external: ['cpu-features', './crypto/build/Release/sshcrypto.node'],
  loader: { '.node': 'empty' },
  logLevel: 'warning',
  metafile: true,
});
chmodSync(outfile, 0o755);
// dist/ lies in a package of type module; on its own the file needs nothing beside it
if (!existsSync(`${root}dist/package.json`)) writeFileSync(`${root}dist/package.json`, '{ "type": "commonjs" }\n');
const size = readFileSync(outfile).length;
if (process.argv.includes('--meta')) writeFileSync(`${root}dist/meta.json`, JSON.stringify(metafile));
console.log(`dist/kubic-init ${(size / 1024 / 1024).toFixed(1)} MiB`);
