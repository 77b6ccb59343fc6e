/** A module of our own to import lazily: of what it imports by name the bundle keeps nothing else (test/tools/client-node-by-name.ts). */
export { KubeConfig } from '@kubernetes/client-node';
