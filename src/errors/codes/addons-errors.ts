import type { Catalogue } from '../catalogue-entry.ts';

export const addonsErrors = {
  'addons.yaml': {
    summary: 'a manifest is not valid YAML or JSON',
    cause:
      'An indentation, a tab or an unclosed quote; the position is where the parser gave up. As a warning: a key that stands twice, of which only the last counts.',
    remedy: 'Correct the file at this line; `kubectl apply --dry-run=client -f FILE` reads it the same way.',
    retry: 'next-commit',
  },
  'addons.invalid-manifest': {
    summary: 'a manifest that is no Kubernetes object',
    cause: 'apiVersion, kind or metadata.name is missing or malformed, or a value cannot be sent as JSON.',
    remedy: 'Write what is missing; every object needs apiVersion, kind and metadata.name.',
    retry: 'next-commit',
  },
  'addons.reserved-field': {
    summary: 'a manifest uses a name that kubic-init keeps for itself',
    cause:
      'Labels and annotations under applyset.kubernetes.io/ and the Secrets kubic-init-addon-* record what an add-on owns.',
    remedy: 'Remove it from the manifest.',
    retry: 'next-commit',
  },
  'addons.unsupported-manifest': {
    summary: 'a file of an add-on that needs a tool to become manifests',
    cause: 'It is for kustomize or SOPS, and this release applies plain manifests only.',
    remedy: 'Commit the manifests that the tool prints. Never commit a secret in the clear.',
    retry: 'next-commit',
  },
  'addons.duplicate-object': {
    summary: 'the same object stands twice',
    cause:
      'Two documents, in one add-on or in two, declare the same kind, namespace and name; each would undo the other.',
    remedy: 'Keep one of them.',
    retry: 'next-commit',
  },
  'addons.too-many-objects': {
    summary: 'an add-on has too many objects',
    cause: 'What an add-on owns is recorded in one Secret of at most 1 MiB.',
    remedy: 'Split the add-on in several folders.',
    retry: 'next-commit',
  },
  'addons.apply-failed': {
    summary: 'objects of an add-on could not be applied',
    cause:
      'The API server refused them; each is named with its reason. The other objects, and the other add-ons, were applied.',
    remedy: 'Read the reason beside each object; mend the manifest, or what it depends on.',
    retry: 'soon',
  },
  'addons.remove-failed': {
    summary: 'objects of an add-on could not be deleted',
    cause: 'The API server refused, or a finalizer holds them; each is named with its reason.',
    remedy: 'Look at the controller that owns the finalizer; the next sync tries again.',
    retry: 'soon',
  },
  'addons.foreign-owner': {
    summary: 'another owner has the object',
    cause: 'Its label applyset.kubernetes.io/part-of says that it belongs to another set, of this or of another tool.',
    remedy:
      'Remove the object from one of the two; or remove that label from it in the cluster to let this add-on have it.',
    retry: 'soon',
  },
  'addons.immutable-field': {
    summary: 'a field that cannot be changed was changed',
    cause:
      'The API server does not change this field of an object that is there (a selector, a clusterIP, a Job template).',
    remedy:
      'Give the object a new name, or the annotation `kubic.suse.com/apply: replace` to have it deleted and made anew.',
    retry: 'next-commit',
  },
  'addons.crd-not-established': {
    summary: 'the API server does not serve a CustomResourceDefinition',
    cause: 'Its names collide with those of another, or the API server is slow.',
    remedy: 'See the conditions in `kubectl get crd NAME -o yaml`.',
    retry: 'soon',
  },
  'addons.dependency-not-ready': {
    summary: 'an add-on waits for one it depends on',
    cause: 'An add-on named in `dependsOn` is not applied, or not healthy.',
    remedy: 'See `kubic-init status` for that add-on; this one follows by itself.',
    retry: 'soon',
    temporary: true,
  },
  'addons.deletion-stuck': {
    summary: 'an object does not go away',
    cause: 'It was deleted, and a finalizer has held it for more than a minute; what comes after it waits.',
    remedy:
      'Look at the controller that owns the finalizer: it may be gone, or it may need more time. The next sync tries again.',
    retry: 'soon',
  },
  'addons.deletion-going': {
    summary: 'what was deleted is still going',
    cause:
      'The API server first deletes everything inside of a Namespace, or every object of a CustomResourceDefinition, and waits for their finalizers.',
    remedy: 'Nothing, if it goes on. Otherwise see its conditions: they name what is still inside.',
    retry: 'soon',
    temporary: true,
  },
  'addons.kind-away': {
    summary: 'the API server does not serve a kind that may have objects',
    cause:
      'Its CustomResourceDefinition serves no version of it now, or the aggregated API of its group does not answer. Its objects may be there all the same, so they stay on record.',
    remedy: 'Bring the API back: see `kubectl get apiservices` and the conditions of the CustomResourceDefinition.',
    retry: 'soon',
  },
  'addons.inventory-unreadable': {
    summary: 'the record of what an add-on owns cannot be read',
    cause: 'The Secret kubic-init-addon-* in kube-system was changed by someone else.',
    remedy:
      'Delete that Secret: the next sync adopts what the repository declares (objects that left it stay until deleted by hand).',
    retry: 'soon',
  },
  'addons.protected': {
    summary: 'what would be deleted is protected, or would take along what is to stay',
    cause:
      'guards.protect in cluster.yaml names it, or did in the commit acted on before (a guard that is taken away holds until the commit after), or no cluster can be without it. Or something goes with it that is declared, kept, or on no record: a Namespace takes everything in it, a CustomResourceDefinition every object of its kind, a claim its volume, an owner what names it in ownerReferences.',
    remedy:
      'Declare it again, or move or delete what the reason names. Where a digest is shown, a commit that adds it to guards.confirm lets the deletion go, with all that goes along. What is protected: take it out of guards.protect and let another commit follow, or delete it by hand.',
    retry: 'next-commit',
  },
  'addons.confirm-unused': {
    summary: 'guards.confirm has a digest of nothing that is to be deleted',
    cause:
      'The deletion that it confirmed is done, or what it named is declared again. Or the digest is not as `kubic-init plan` showed it.',
    remedy:
      'Take it out of guards.confirm in cluster.yaml: as long as it stands there, it would let a later object of that name go unasked. If a deletion is still held, copy the digest that the plan shows.',
    retry: 'next-commit',
  },
  'addons.fight': {
    summary: 'someone else keeps undoing what an add-on declares',
    cause:
      'A field was put right five times, and changed again each time: somebody else writes it, too. The reason names the field and who has it now. It is left as it is until nobody has changed the object for half an hour, and then tried once more.',
    remedy:
      'Where the other one is to have the field (a HorizontalPodAutoscaler has spec.replicas), take it out of the manifest. Or stop the other one; or leave what is there alone with `kubic.suse.com/drift: ignore`.',
    retry: 'soon',
  },
  'addons.vanishes': {
    summary: 'an object is gone again each time it is made',
    cause:
      'It was made five times, and deleted each time: by somebody, or by Kubernetes, because the owner that it names in ownerReferences is not there. It is left so for half an hour, and then made once more.',
    remedy:
      'Take ownerReferences out of the manifest, or the manifest out of the repository; or find who deletes it in the audit log of the API server.',
    retry: 'soon',
  },
  'addons.drift': {
    summary: 'an object was changed in the cluster, and is left as it is',
    cause: 'Somebody changed fields that the repository declares, and `drift: warn` says that this is only shown.',
    remedy:
      'Commit what is there, or put it back by hand: any change of the manifest in Git does. With `drift: correct` in addon.yaml, or `kubic.suse.com/drift: correct` on the object, the next sync does it.',
    retry: 'next-commit',
  },
} as const satisfies Catalogue;
