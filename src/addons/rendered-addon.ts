import type { AddonDefinition } from '../definition/definition.ts';
import type { KubeObject } from '../objects/kube-object.ts';
import type { IndexedObject } from './indexed-object.ts';

/** What an add-on declares, in no particular order. */
export interface RenderedAddon {
  readonly name: string;
  readonly dependsOn: readonly string[];
  readonly prune: boolean;
  readonly drift: AddonDefinition['drift'];
  readonly digest: string;
  readonly objects: readonly IndexedObject[];
}

/** Reads objects of an add-on, by their keys as declared: they are held no longer than they are worked with. @throws KubicError source.* */
export type LoadObjects = (
  addon: string,
  keys: readonly string[],
  signal?: AbortSignal,
) => Promise<readonly KubeObject[]>;
