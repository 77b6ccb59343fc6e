import type { Catalogue } from '../catalogue-entry.ts';

const retry = 'next-commit';

/** What does not fit together in a repository whose files are well-formed each. */
export const definitionCheckErrors = {
  'definition.overlapping-subnets': {
    summary: 'pod and service subnets overlap',
    cause: 'An address could then be that of a pod and that of a service.',
    remedy: 'Choose ranges that have no address in common.',
    retry,
  },
  'definition.owned-field': {
    summary: 'a field that is not for the repository to set',
    cause:
      'kubic-init, or the kubelet, writes it itself: another value would break admission, revocation, upgrades or scheduling.',
    remedy: 'Remove it.',
    retry,
  },
  'definition.duplicate-name': {
    summary: 'a node name stands twice',
    cause: 'Each name is bound to one key.',
    remedy: 'Give one of the machines another name, or remove one entry.',
    retry,
  },
  'definition.duplicate-address': {
    summary: 'an address stands with two nodes',
    cause: 'Each address is that of one machine: only one kubelet gets a certificate for it.',
    remedy: 'Remove it from the entry of the other machine.',
    retry,
  },
  'definition.duplicate-fingerprint': {
    summary: 'a key stands twice',
    cause: 'Each machine has a key of its own, and each key one entry.',
    remedy: 'Remove one entry, or copy the right fingerprint from the machine.',
    retry,
  },
  'definition.accepted-and-rejected': {
    summary: 'a key is accepted and rejected',
    cause: 'The lists contradict each other.',
    remedy: 'Remove the entry that is wrong.',
    retry,
  },
  'definition.missing-fingerprint': {
    summary: 'an accepted node has no key',
    cause:
      'Only the seeder may lack it, until it has bootstrapped: nothing else could tell the machine from an impostor.',
    remedy: "Add `key:` with the fingerprint from the machine's console or from `kubic-init identity`.",
    retry,
  },
  'definition.seeder-not-accepted': {
    summary: 'the seeder is not in the accepted list',
    cause: 'Only an accepted machine bootstraps the cluster.',
    remedy: 'Add it to `accepted`, with role control-plane, or name another node in cluster.yaml.',
    retry,
  },
  'definition.seeder-not-control-plane': {
    summary: 'the seeder is not a control plane',
    cause: 'The machine that bootstraps becomes the first control plane.',
    remedy: 'Write `role: control-plane` in its entry.',
    retry,
  },
  'definition.addon-name': {
    summary: "a folder name that cannot be an add-on's",
    cause: 'An add-on is called like its folder; control characters and undecodable bytes would hide what it is.',
    remedy: 'Rename the folder.',
    retry,
  },
  'definition.empty-addon': {
    summary: 'an add-on without manifests',
    cause: 'Its folder holds no *.yaml, *.yml or *.json beside addon.yaml.',
    remedy: 'Add manifests, or delete the folder.',
    retry,
  },
  'definition.unknown-dependency': {
    summary: 'an add-on depends on one that is not there',
    cause: 'No folder below addons/ has this name.',
    remedy: 'Correct the name, or add that add-on.',
    retry,
  },
  'definition.dependency-cycle': {
    summary: 'add-ons depend on each other in a circle',
    cause: 'None of them could ever be applied first.',
    remedy: 'Remove one `dependsOn` of the circle.',
    retry,
  },
  'definition.more-problems': {
    summary: 'more problems than are listed',
    cause: 'The list is bounded.',
    remedy: 'Correct the ones above and validate again.',
    retry,
  },
} as const satisfies Catalogue;
