import { isMapping } from '../../json/at.ts';

/** Fields, at any depth, below which people write what they like. */
const FREE = wordsOf(`
  data binaryData stringData annotations env args command httpHeaders parameters options volumeAttributes attributes
  default example enum extra config caBundle
`);

/** Maps of names to values that Kubernetes chooses by, or counts with. */
const MAPS = wordsOf(`
  labels matchLabels nodeSelector selector limits requests capacity hard overhead
`);

/** Fields of Kubernetes' own kinds that name something, or choose among what Kubernetes knows. */
const FIELDS = wordsOf(`
  name namespace kind apiVersion apiGroup apiGroups apiVersions resources resourceNames verbs finalizers type scope
  operator effect topologyKey whenUnsatisfiable policyTypes image imagePullPolicy restartPolicy dnsPolicy
  preemptionPolicy terminationMessagePolicy concurrencyPolicy podManagementPolicy completionMode schedule timeZone
  schedulerName serviceAccount serviceAccountName priorityClassName runtimeClassName nodeName hostname subdomain
  serviceName protocol port targetPort scheme pathType host hosts ingressClassName cidr clusterIP clusterIPs
  ipFamilies ipFamilyPolicy externalTrafficPolicy internalTrafficPolicy sessionAffinity loadBalancerClass
  maxUnavailable minAvailable maxSurge mountPath mountPropagation claimName volumeName volumeMode accessModes
  storageClassName sizeLimit medium fsType persistentVolumeReclaimPolicy reclaimPolicy volumeBindingMode provisioner
  failurePolicy sideEffects matchPolicy reinvocationPolicy add drop
`);

/** What is written in free text and tells nothing: switches, levels, small counts. */
const WORD = /^(|[0-9]{1,2}|true|false|yes|no|on|off|none|enabled|disabled|trace|debug|info|warn|warning|error)$/i;

/**
 * True where every text in a value is one of these words, or stands where no secret does. What a secret looks like nobody can list (a password may
 * be a plain word, below any name): so what is shown is listed, and of the rest nothing is.
 *
 * @param fields the names of the fields on the way to the value
 */
export function isHarmless(value: unknown, fields: readonly string[]): boolean {
  if (typeof value === 'string') return WORD.test(value) || isKnownPlace(fields);
  if (Array.isArray(value)) return value.every((member) => isHarmless(member, fields));
  if (!isMapping(value)) return true; // a number, a truth value, nothing
  return Object.entries(value).every(([field, member]) => isHarmless(member, [...fields, field]));
}

function isKnownPlace(fields: readonly string[]): boolean {
  if (fields.some((field) => FREE.has(field))) return false;
  return FIELDS.has(fields.at(-1) ?? '') || MAPS.has(fields.at(-2) ?? '');
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
