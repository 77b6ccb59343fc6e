import type { Catalogue } from '../catalogue-entry.ts';

export const admissionErrors = {
  'admission.identity-invalid': {
    summary: "cannot use this machine's identity key",
    cause:
      'The file is not the Ed25519 private key (PKCS#8, PEM) that kubic-init wrote: truncated, edited or replaced.',
    remedy:
      'Restore the file from a backup; or delete it: a new key is made, and the machine has to be accepted anew with it.',
    retry: 'never',
  },
  'admission.identity-exposed': {
    summary: "this machine's identity key is open to others",
    cause: 'The file is no regular file, belongs to another user, or others than its owner may read or write it.',
    remedy:
      'If nobody can have read it: `chown root` and `chmod 600` it. Otherwise delete it, remove its fingerprint from the list and accept the new one.',
    retry: 'never',
  },
  'admission.no-identity': {
    summary: 'this machine has no identity key yet',
    cause: 'The agent makes it at its first start.',
    remedy: 'Start the agent, or run `kubic-init identity create`.',
    retry: 'soon',
  },
  'admission.fingerprint-invalid': {
    summary: 'this is no fingerprint',
    cause: 'A fingerprint is `SHA256:` and 43 characters of base64, as consoles and `kubic-init identity` show it.',
    remedy: 'Copy it whole from the console of the machine.',
    retry: 'never',
  },
  'admission.no-control-plane-key': {
    summary: 'no control plane can take the enrolment',
    cause: 'No accepted control plane has a `key` in the list, so there is no server this machine could trust.',
    remedy: 'After the seeder has bootstrapped, commit its key: `kubic-init nodes accept <seeder>`.',
    retry: 'next-commit',
  },
  'admission.unreachable': {
    summary: 'no enrolment endpoint answers',
    cause:
      'The control planes are down or have not bootstrapped, or something between this machine and them blocks it.',
    remedy: 'Check `enrolment.endpoints` in cluster.yaml and that TCP port 9443 of the control planes is open.',
    retry: 'soon',
    temporary: true,
  },
  'admission.tls-terminated': {
    summary: 'something in front of the enrolment endpoint ends TLS',
    cause: 'The certificate it shows is not one that kubic-init makes: a load balancer or proxy answers in its place.',
    remedy:
      'Pass the enrolment port through as plain TCP, or name the control planes themselves in `enrolment.endpoints`.',
    retry: 'soon',
  },
  'admission.server-not-accepted': {
    summary: 'the enrolment endpoint has a key that no accepted control plane has',
    cause:
      'The list does not have its key yet, its key was made anew, the endpoint is that of another cluster, or someone is in between.',
    remedy: 'Compare the fingerprint with that on the console of the control plane before you commit it.',
    retry: 'soon',
  },
  'admission.protocol': {
    summary: 'the enrolment endpoint answers something else than an enrolment',
    cause: 'Agent and control plane run versions too far apart, or the port belongs to another program.',
    remedy: 'Run the same version of kubic-init everywhere; check `enrolment.endpoints`.',
    retry: 'soon',
  },
  'admission.pending': {
    summary: 'this machine waits until it is accepted',
    cause: 'Its key is not in the list that the control plane has read.',
    remedy:
      'Compare the fingerprint with the console of the machine and run `kubic-init nodes accept NAME` in a clone.',
    retry: 'soon',
    temporary: true,
  },
  'admission.rejected': {
    summary: 'this machine is rejected',
    cause: 'Its key is in the `rejected` list of the cluster repository.',
    remedy: 'If it should be in the cluster, delete that entry and accept the machine.',
    retry: 'next-commit',
  },
  'admission.removed': {
    summary: 'this machine is no longer in the list',
    cause: 'It is a member of the cluster, and its key stands neither under `accepted` nor under `rejected`.',
    remedy:
      'Put it back into the list, or take it out of the cluster: drain it, run `kubic-init reset`, delete its Node.',
    retry: 'next-commit',
  },
  'admission.key-conflict': {
    summary: 'another key holds this name',
    cause: 'The machine was installed anew or another one has its name; the list binds the name to another key.',
    remedy:
      'If this machine takes the place of the old one, commit its key under that name; otherwise give it another name.',
    retry: 'next-commit',
  },
  'admission.name-mismatch': {
    summary: "this machine's key is bound to another name",
    cause:
      'The list that the control plane has read binds the key to another name than the list this machine has read.',
    remedy: 'Nothing, if a commit has just renamed it: the next sync reads the same list.',
    retry: 'soon',
  },
  'admission.busy': {
    summary: 'the enrolment endpoint asks to come back later',
    cause:
      'It limits how often machines may ask, its list of pending machines is full, or it cannot read the repository.',
    remedy: 'Nothing: the next sync asks again. See `kubic-init nodes pending` where it stays so.',
    retry: 'soon',
    temporary: true,
  },
  'admission.refused': {
    summary: 'the enrolment endpoint does not take the request',
    cause: 'Agent and control plane run versions too far apart, or the name is no node name.',
    remedy: 'Read the reason. Set `nodeName` to lower-case letters, digits and hyphens, or update kubic-init.',
    retry: 'soon',
  },
  'admission.csr-denied': {
    summary: 'the control plane denied the certificate of this kubelet',
    cause: 'The list no longer accepts this machine, or a Ready node has its name already.',
    remedy: 'Read the reason; correct nodes.yaml, or wait until the old node of that name is no longer Ready.',
    retry: 'soon',
  },
  'admission.other-ca': {
    summary: 'the control plane has another cluster CA than the repository says',
    cause: 'The endpoint belongs to another cluster, or the cluster was made anew since `clusterCA` was committed.',
    remedy: 'If the cluster was made anew on purpose, commit its `clusterCA`; otherwise check `enrolment.endpoints`.',
    retry: 'next-commit',
  },
  'admission.clock-skew': {
    summary: 'the clocks of this machine and of the control plane differ too much',
    cause: 'More than 5 minutes: certificates would be not yet valid, or expired.',
    remedy: 'Set the clock of this machine, and have chrony or systemd-timesyncd keep it.',
    retry: 'soon',
  },
  'admission.issue-failed': {
    summary: 'no certificate for the enrolment',
    cause: 'The cluster did not sign it: the controller manager is down, or its signer refused the request.',
    remedy: 'Look at the log of kube-controller-manager; the machine asks again by itself.',
    retry: 'soon',
  },
  'admission.api-certificate': {
    summary: "the API server's certificate cannot be read",
    cause:
      "No kubelet may get a certificate for what the API server's own carries, so without it none gets a serving certificate.",
    remedy:
      'Look at /etc/kubernetes/pki/apiserver.crt on this control plane; `kubeadm init phase certs apiserver` makes one.',
    retry: 'soon',
  },
  'admission.listen-failed': {
    summary: 'cannot serve enrolment',
    cause: 'Another program has the port, or the address is not one of this machine.',
    remedy: 'Free the port, or set another `enrolment.listen` in the settings of this machine.',
    retry: 'soon',
  },
} as const satisfies Catalogue;
