import type { Taint } from '../objects/taint.ts';

/** A Node object, reduced to what rules ask. */
export interface NodeState {
  readonly name: string;
  readonly uid: string;
  readonly ready: boolean;
  readonly kubeletVersion: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}
