import { join } from 'node:path';
import type { Plugin } from 'esbuild';

const INSIDE = /[\\/]node_modules[\\/]@kubernetes[\\/]client-node[\\/]/;

/**
 * client-node does not say in its package.json that its modules only define things, so a bundler keeps all of them. With that said, what is imported by
 * name comes without the generated API classes and models: 5 MB. Its one module that does more gives old Nodes a global `File`.
 */
export const clientNodeByName: Plugin = {
  name: 'client-node-by-name',
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /^@kubernetes\/client-node$/ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === INSIDE) return undefined; // our own question, for esbuild to answer
      return { ...(await resolve(path, { ...from, pluginData: INSIDE })), sideEffects: false };
    });
    // an ES module names the very file; to ask esbuild for each of 3,000 would take 10 s
    onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ path, importer, resolveDir }) =>
      INSIDE.test(importer) ? { path: join(resolveDir, path), sideEffects: false } : undefined,
    );
  },
};
