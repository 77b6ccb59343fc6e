import type { AddonDefinition } from '../definition/definition.ts';
import type { KubeObject } from '../objects/kube-object.ts';

/** An add-on turned into objects, in no particular order. */
export interface RenderedAddon {
  readonly name: string;
  readonly dependsOn: readonly string[];
  readonly prune: boolean;
  readonly drift: AddonDefinition['drift'];
  readonly digest: string;
  readonly objects: readonly KubeObject[];
}
