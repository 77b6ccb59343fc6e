import type { Action, ActionKind } from './actions.ts';

interface Description<K extends ActionKind> {
  /** What the action does, in the imperative, on one line. */
  readonly describe: (action: Action<K>) => string;
  /** How long it usually takes, in seconds: the first estimate, before this machine has measured its own. */
  readonly usualSeconds: number;
  readonly symbol: '+' | '~' | '-' | '?';
}

const DESCRIPTIONS: { readonly [K in ActionKind]: Description<K> } = {
  'host.configure': {
    describe: ({ spec }) => `write ${spec.paths.join(', ')}`,
    usualSeconds: 1,
    symbol: '~',
  },
  'kubeadm.clean': {
    describe: ({ spec }) => `remove what an interrupted kubeadm ${spec.interrupted} left`,
    usualSeconds: 5,
    symbol: '-',
  },
  'kubeadm.init': {
    describe: ({ spec }) => `${spec.resume ? 'resume' : 'run'} kubeadm init ${spec.version} as ${spec.nodeName}`,
    usualSeconds: 20,
    symbol: '+',
  },
  'control-plane.wait': {
    describe: ({ spec }) => `wait until the control plane on ${spec.nodeName} is healthy`,
    usualSeconds: 5,
    symbol: '?',
  },
  'node.enrol': {
    describe: ({ spec }) => `ask ${spec.endpoints.join(', ')} to admit this machine as ${spec.nodeName}`,
    usualSeconds: 1,
    symbol: '?',
  },
  'kubeadm.join': {
    describe: ({ spec }) => `${spec.resume ? 'finish joining' : 'enrol and join'} as worker ${spec.nodeName}`,
    usualSeconds: 6,
    symbol: '+',
  },
  'bootstrap.record': {
    describe: () => 'record what the cluster was made with',
    usualSeconds: 1,
    symbol: '+',
  },
  'admission.access': {
    describe: ({ spec }) =>
      [
        ...(spec.apply.length > 0 ? [`apply ${spec.apply.join(', ')}`] : []),
        ...(spec.remove.length > 0 ? [`remove ${spec.remove.join(', ')}`] : []),
      ].join('; '),
    usualSeconds: 1,
    symbol: '~',
  },
  'node.configure': {
    describe: ({ spec }) =>
      [
        ...(Object.keys(spec.labels).length + spec.addTaints.length > 0
          ? [`set ${[...Object.keys(spec.labels), ...spec.addTaints.map(({ key }) => key)].join(', ')} on ${spec.node}`]
          : []),
        ...(spec.removeTaints.length > 0
          ? [`take ${spec.removeTaints.map(({ key }) => key).join(', ')} off ${spec.node}`]
          : []),
      ].join('; '),
    usualSeconds: 1,
    symbol: '~',
  },
  'addon.apply': {
    describe: ({ spec }) => {
      if (spec.only === 'record') return `record what of ${spec.addon} is to stay, or another has`;
      if (spec.only === 'repair') return `take away what of ${spec.addon} may keep others from being changed`;
      const prune = spec.prune.length > 0 ? `, prune ${spec.prune.length}` : '';
      return `apply ${spec.apply.length} ${spec.apply.length === 1 ? 'object' : 'objects'} of ${spec.addon}${prune}`;
    },
    usualSeconds: 3,
    symbol: '~',
  },
  'addon.remove': {
    describe: ({ spec }) =>
      `remove ${spec.addon} (${spec.prune.length} ${spec.prune.length === 1 ? 'object' : 'objects'})`,
    usualSeconds: 3,
    symbol: '-',
  },
};

function descriptionOf<K extends ActionKind>(kind: K): Description<K> {
  return DESCRIPTIONS[kind];
}

/** One line in the imperative: `run kubeadm init v1.36.3 as cp-1`. */
export function describeAction<K extends ActionKind>(action: Action<K>): string {
  return descriptionOf<K>(action.kind).describe(action);
}

/** How long an action of this kind usually takes, where nothing was measured on this machine. */
export function usualSecondsOf(kind: ActionKind): number {
  return DESCRIPTIONS[kind].usualSeconds;
}

/** The character that marks an action of this kind in a plan for people. */
export function symbolOf(kind: ActionKind): string {
  return DESCRIPTIONS[kind].symbol;
}
