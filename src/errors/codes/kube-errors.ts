import type { Catalogue } from '../catalogue-entry.ts';

export const kubeErrors = {
  'kube.kubeconfig-invalid': {
    summary: 'cannot use the kubeconfig',
    cause: 'The file is missing, is not YAML, or its context names no cluster or user.',
    remedy: 'Name a kubeconfig that `kubectl --kubeconfig FILE get nodes` accepts.',
    retry: 'soon',
  },
  'kube.kubeconfig-refused': {
    summary: 'the kubeconfig asks for something kubic-init does not do',
    cause:
      'A kubeconfig of a machine runs a program for credentials (exec, auth-provider), goes through a proxy, or turns off the check of the server certificate. An administrator may do all that with `kubic-init nodes`.',
    remedy: 'Use a kubeconfig with a client certificate or a token, and the CA of the cluster, over https.',
    retry: 'never',
  },
  'kube.context-unknown': {
    summary: 'the kubeconfig has no such context',
    cause: 'The name after --context is mistyped, another kubeconfig has it, or none is current.',
    remedy: 'Look at `kubectl config get-contexts`, then give --context or --kubeconfig.',
    retry: 'never',
  },
  'kube.credentials-failed': {
    summary: 'the kubeconfig gave no credentials',
    cause: 'Its exec plugin or its OIDC provider is missing, failed, answered something else, or took too long.',
    remedy: 'Run `kubectl get nodes` with the same kubeconfig: it uses the same plugin, and shows what it says.',
    retry: 'never',
  },
  'kube.unreachable': {
    summary: 'the API server does not answer',
    cause: 'It is down or restarting, or the network between this machine and it is.',
    remedy:
      'Nothing, if it comes back: the next sync goes on. Otherwise see `crictl ps` and the kubelet on a control plane.',
    retry: 'soon',
    temporary: true,
  },
  'kube.untrusted': {
    summary: "the API server's certificate is not trusted",
    cause: 'It is not signed by the CA in the kubeconfig, is out of its dates, or names another host.',
    remedy: 'Compare the address and the CA in the kubeconfig with the cluster; check the clock of both machines.',
    retry: 'soon',
  },
  'kube.timeout': {
    summary: 'the API server took too long',
    cause: 'It is overloaded, or an admission webhook it asks does not answer.',
    remedy: 'Look at the load of the control plane and at its webhooks; the next sync tries again.',
    retry: 'soon',
    temporary: true,
  },
  'kube.overloaded': {
    summary: 'the API server asks to come back later',
    cause: 'It answered 429 or 503 several times in a row.',
    remedy: 'Look at the load of the control plane; the next sync tries again.',
    retry: 'soon',
    temporary: true,
  },
  'kube.unauthorized': {
    summary: 'the API server does not accept our credentials',
    cause: 'The client certificate has expired, or this machine is no longer accepted.',
    remedy: 'See `kubic-init status` for the state of the certificates.',
    retry: 'soon',
  },
  'kube.forbidden': {
    summary: 'the API server forbids it',
    cause: 'RBAC, a quota, pod security or another rule of the API server refused the request; its reason follows.',
    remedy: 'Read the reason; mend the rule or the manifest.',
    retry: 'soon',
  },
  'kube.policy-refused': {
    summary: 'an admission policy of the cluster refuses it',
    cause:
      'A ValidatingAdmissionPolicy or a webhook did not let the request pass; its reason follows. The object may be valid for all that.',
    remedy: 'Read the reason; mend the manifest, or the policy in the cluster.',
    retry: 'soon',
  },
  'kube.not-found': {
    summary: 'the API server does not have it',
    cause: 'The object, its namespace or its kind does not exist.',
    remedy: 'Declare what is missing, or put `dependsOn` on the add-on that does.',
    retry: 'soon',
  },
  'kube.unknown-kind': {
    summary: 'the API server does not serve this kind',
    cause: 'Its CustomResourceDefinition or APIService is not there yet, or the apiVersion is mistyped or was removed.',
    remedy:
      'Check apiVersion and kind against `kubectl api-resources`; if another add-on brings the kind, add it to `dependsOn`.',
    retry: 'soon',
  },
  'kube.conflict': {
    summary: 'someone else changed the object at the same time',
    cause: 'Another writer was faster, or another field manager owns the fields.',
    remedy: 'Nothing: the next sync reads it anew.',
    retry: 'soon',
  },
  'kube.invalid': {
    summary: 'the API server finds the object invalid',
    cause: 'A field is wrong, missing or unknown; the fields follow.',
    remedy: 'Mend the named fields and commit.',
    retry: 'next-commit',
  },
  'kube.too-large': {
    summary: 'the answer of the API server is too large',
    cause: 'One answer went over the bound that keeps this program small.',
    remedy: 'Look for very large objects of this kind.',
    retry: 'soon',
  },
  'kube.unexpected': {
    summary: 'the API server answered unexpectedly',
    cause: 'An error inside the API server or a webhook, or something in between that is no API server.',
    remedy: 'Read the answer; see the log of the API server.',
    retry: 'soon',
  },
} as const satisfies Catalogue;
