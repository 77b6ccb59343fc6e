import type { ErrorCode } from '../errors/catalogue.ts';
import { isRecord } from '../json/record.ts';
import { INVENTORY_LABEL, INVENTORY_PREFIX } from './applyset.ts';
import { APPLY_ANNOTATION, APPLY_MODES, PRUNE_ANNOTATION } from './object-options.ts';

const MAX_DEPTH = 64;
const API_VERSION = /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?v[a-z0-9]{1,20}$/;
const KIND = /^[A-Z][A-Za-z0-9]{0,62}$/;
const NAME = /^[^/%\p{Cc}]{1,253}$/u;
const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export interface Finding {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
}

/** Everything wrong with one document that can be known without an API server. */
export function checkManifest(value: unknown): readonly Finding[] {
  if (!isRecord(value)) return [invalid('not a mapping', 'Write one Kubernetes object per document.')];
  const unsupported = checkTool(value);
  if (unsupported) return [unsupported];
  const metadata = isRecord(value.metadata) ? value.metadata : {};
  return [
    ...checkIdentity(value, metadata),
    ...checkMetadata(metadata),
    ...checkTextMaps(value),
    ...checkReserved(value, metadata),
    ...checkValues(value),
  ];
}

function checkTool(value: Record<string, unknown>): Finding | undefined {
  const code = 'addons.unsupported-manifest';
  if (isRecord(value.sops) && 'mac' in value.sops) {
    return {
      code,
      message: 'encrypted by SOPS',
      remedy: 'This release cannot decrypt it; it would apply the ciphertext.',
    };
  }
  if (typeof value.apiVersion === 'string' && value.apiVersion.startsWith('kustomize.config.k8s.io/')) {
    return { code, message: 'a kustomization', remedy: 'Commit the output of `kustomize build` in its place.' };
  }
  return undefined;
}

function checkIdentity(value: Record<string, unknown>, metadata: Record<string, unknown>): Finding[] {
  const findings: Finding[] = [];
  const check = (field: string, found: unknown, pattern: RegExp, example: string): void => {
    if (typeof found === 'string' && pattern.test(found) && found !== '.' && found !== '..') return;
    const absent = found === undefined || found === null;
    const wrong = typeof found === 'string' ? 'is malformed' : 'is not text; put it in quotes';
    findings.push(invalid(absent ? `no ${field}` : `${field} ${wrong}`, `Write ${field}, such as ${example}.`));
  };
  check('apiVersion', value.apiVersion, API_VERSION, '`apps/v1`');
  check('kind', value.kind, KIND, '`Deployment`');
  if (metadata.generateName !== undefined && metadata.name === undefined) {
    findings.push(
      invalid('generateName', 'Write metadata.name: with generateName each sync would make another object.'),
    );
  } else {
    check('metadata.name', metadata.name, NAME, '`web`');
  }
  if (metadata.namespace !== undefined && metadata.namespace !== null) {
    check('metadata.namespace', metadata.namespace, NAMESPACE, '`default`');
  }
  return findings;
}

function checkMetadata(metadata: Record<string, unknown>): Finding[] {
  return [
    ...checkTexts('metadata.labels', metadata.labels),
    ...checkTexts('metadata.annotations', metadata.annotations),
    ...checkOptions(isRecord(metadata.annotations) ? metadata.annotations : {}),
  ];
}

function checkTexts(field: string, map: unknown): Finding[] {
  if (map === undefined || map === null) return [];
  if (!isRecord(map)) return [invalid(`${field} is not a mapping`, `Write ${field} as key: "value".`)];
  const wrong = Object.keys(map).find((key) => typeof map[key] !== 'string');
  if (wrong === undefined) return [];
  return [invalid(`${field}: the value of ${wrong} is not text`, 'Put the value in quotes.')];
}

/** `y: yes` is two booleans to kubectl and to us; the API server refuses them, without a line number. */
function checkTextMaps(value: Record<string, unknown>): Finding[] {
  if (value.apiVersion !== 'v1' || (value.kind !== 'ConfigMap' && value.kind !== 'Secret')) return [];
  return ['data', 'stringData', 'binaryData'].flatMap((field) => checkTexts(field, value[field]));
}

const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  [APPLY_ANNOTATION]: APPLY_MODES,
  [PRUNE_ANNOTATION]: ['disabled'],
};

function checkOptions(annotations: Record<string, unknown>): Finding[] {
  return Object.entries(OPTIONS).flatMap(([key, values]) => {
    const found = annotations[key];
    if (found === undefined || (typeof found === 'string' && values.includes(found))) return [];
    return [invalid(`${key} has an unknown value`, `Write one of: ${values.join(', ')}.`)];
  });
}

function checkReserved(value: Record<string, unknown>, metadata: Record<string, unknown>): Finding[] {
  const keys = [metadata.labels, metadata.annotations].flatMap((map) => (isRecord(map) ? Object.keys(map) : []));
  const reserved = keys.filter((key) => key.startsWith('applyset.kubernetes.io/') || key === INVENTORY_LABEL);
  const name = typeof metadata.name === 'string' ? metadata.name : '';
  if (value.kind === 'Secret' && metadata.namespace === 'kube-system' && name.startsWith(INVENTORY_PREFIX)) {
    reserved.push(`the name ${name}`);
  }
  return reserved.map((what) => ({
    code: 'addons.reserved-field',
    message: `${what} is kubic-init's own`,
    remedy: 'Remove it from the manifest.',
  }));
}

/** Values that JSON would change on the way, and nesting beyond what any kind has. */
function checkValues(root: unknown): Finding[] {
  const pending: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { value, depth } = next;
    if (
      typeof value === 'number' &&
      (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    ) {
      return [invalid('a number that JSON cannot hold exactly', 'Put it in quotes, or correct it.')];
    }
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) return [invalid(`nested more than ${MAX_DEPTH} levels deep`, 'Take the nesting out.')];
    for (const member of Object.values(value)) pending.push({ value: member, depth: depth + 1 });
  }
  return [];
}

function invalid(message: string, remedy: string): Finding {
  return { code: 'addons.invalid-manifest', message, remedy };
}
