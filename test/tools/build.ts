// Bundles src/main.ts into the one executable dist/kubic-init. It is CommonJS, so that it runs under any name anywhere:
// an ES module without the extension would need a package.json beside it.
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { cwd } from 'node:process';
import { build, transform } from 'esbuild';
import { clientNodeByName } from './client-node-by-name.ts';
import { packChunks } from './pack-chunks.ts';

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
const outfile = `${root}dist/kubic-init`;
const minify = { minifySyntax: true, minifyWhitespace: true, legalComments: 'none', target: 'node24' } as const;
const { metafile, outputFiles } = await build({
  ...minify,
  entryPoints: [`${root}src/main.ts`],
  outdir: `${root}dist`,
  bundle: true,
  splitting: true, // a part for each dynamic import, so that a command loads what it needs and no more
  format: 'esm',
  platform: 'node',
  define: { 'import.meta.url': 'bundleUrl' }, // some dependencies ask for it; CommonJS has none
  loader: { '.node': 'empty' },
  plugins: [clientNodeByName],
  logLevel: 'warning',
  metafile: true,
  write: false,
});
const chunks = await Promise.all(
  outputFiles.map(async ({ path, text }) => {
    const options = { ...minify, format: 'cjs', platform: 'node', supported: { 'dynamic-import': false } } as const;
    const { code } = await transform(text, options);
    // a CommonJS dependency imported dynamically: ES modules could only give it as `default`, nothing of ours has one
    const isCommonJs = metafile.outputs[relative(cwd(), path)]?.exports.join() === 'default';
    return { name: `./${basename(path)}`, text: isCommonJs ? `${code}module.exports=module.exports.default;` : code };
  }),
);
mkdirSync(`${root}dist`, { recursive: true });
const program = packChunks(launcher, './main.js', chunks);
writeFileSync(`${outfile}.new`, program, { mode: 0o755 });
renameSync(`${outfile}.new`, outfile); // a program that runs keeps its own
// dist/ lies in a package of type module; on its own the file needs nothing beside it
if (!existsSync(`${root}dist/package.json`)) writeFileSync(`${root}dist/package.json`, '{ "type": "commonjs" }\n');
if (process.argv.includes('--meta')) writeFileSync(`${root}dist/meta.json`, JSON.stringify(metafile));
console.log(`dist/kubic-init ${(program.length / 1024 / 1024).toFixed(1)} MiB in ${chunks.length} parts`);
