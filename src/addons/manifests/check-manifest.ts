import type { FieldPath } from '../../document/find-field.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { isMapping } from '../../json/at.ts';
import { toSafeText } from '../../text/quote.ts';
import { suggest } from '../../text/suggest.ts';
import { INVENTORY_LABEL, INVENTORY_PREFIX } from '../applyset.ts';
import { DRIFT_ANNOTATION, DRIFT_MODES } from '../drift/drift-mode.ts';
import { OPTION_PREFIX } from '../indexed-object.ts';
import { APPLY_ANNOTATION, APPLY_MODES, PRUNE_ANNOTATION, PRUNE_MODES } from '../object-options.ts';
import { MAX_DEPTH } from './watch-lexemes.ts';

/** Group and version, each as a CustomResourceDefinition may name them: a version need not begin with v. */
const API_VERSION = /^(?:[a-z0-9][a-z0-9.-]{0,252}\/)?[a-z][a-z0-9-]{0,62}$/;
const KIND = /^[A-Za-z][A-Za-z0-9-]{0,62}$/;
const NAME = /^[^/%\p{Cc}]{1,253}$/u;
const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export interface Finding {
  readonly code: ErrorCode;
  /** From the root of the object. */
  readonly path: FieldPath;
  readonly message: string;
  readonly remedy: string;
}

/** Everything wrong with one document that can be known without an API server. */
export function checkManifest(value: unknown): readonly Finding[] {
  if (!isMapping(value)) return [invalid([], 'not a mapping', 'Write one Kubernetes object per document.')];
  const unsupported = checkTool(value);
  if (unsupported) return [unsupported];
  const metadata = isMapping(value.metadata) ? value.metadata : {};
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
  if (isMapping(value.sops) && 'mac' in value.sops) {
    const remedy = 'This release cannot decrypt it; it would apply the ciphertext.';
    return { code, path: ['sops'], message: 'encrypted by SOPS', remedy };
  }
  if (typeof value.apiVersion === 'string' && value.apiVersion.startsWith('kustomize.config.k8s.io/')) {
    const remedy = 'Commit the output of `kustomize build` in its place.';
    return { code, path: ['apiVersion'], message: 'a kustomization', remedy };
  }
  return undefined;
}

function checkIdentity(value: Record<string, unknown>, metadata: Record<string, unknown>): Finding[] {
  const findings: Finding[] = [];
  const check = (path: readonly string[], found: unknown, pattern: RegExp, example: string): void => {
    if (typeof found === 'string' && pattern.test(found) && found !== '.' && found !== '..') return;
    const field = path.join('.');
    const absent = found === undefined || found === null;
    const wrong = typeof found === 'string' ? 'is malformed' : 'is not text; put it in quotes';
    findings.push(invalid(path, absent ? `no ${field}` : `${field} ${wrong}`, `Write ${field}, such as ${example}.`));
  };
  check(['apiVersion'], value.apiVersion, API_VERSION, '`apps/v1`');
  check(['kind'], value.kind, KIND, '`Deployment`');
  if (isSaid(metadata.generateName) && !isSaid(metadata.name)) {
    const remedy = 'Write metadata.name: with generateName each sync would make another object.';
    findings.push(invalid(['metadata', 'generateName'], 'generateName', remedy));
  } else {
    check(['metadata', 'name'], metadata.name, NAME, '`web`');
  }
  if (isSaid(metadata.namespace)) check(['metadata', 'namespace'], metadata.namespace, NAMESPACE, '`default`');
  return findings;
}

/** An empty text or a null is to the API server as if the field were not there; templates write them. */
function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function checkMetadata(metadata: Record<string, unknown>): Finding[] {
  return [
    ...checkTexts(['metadata', 'labels'], metadata.labels),
    ...checkTexts(['metadata', 'annotations'], metadata.annotations),
    ...checkOptions(isMapping(metadata.annotations) ? metadata.annotations : {}),
    ...checkUnknownOptions('annotations', metadata.annotations),
    ...checkUnknownOptions('labels', metadata.labels),
  ];
}

function checkTexts(path: readonly string[], map: unknown): Finding[] {
  const field = path.join('.');
  if (map === undefined || map === null) return [];
  if (!isMapping(map)) return [invalid(path, `${field} is not a mapping`, `Write ${field} as key: "value".`)];
  const wrong = Object.keys(map).find((key) => typeof map[key] !== 'string' && map[key] !== null);
  if (wrong === undefined) return [];
  const message = `${field}: the value of ${toSafeText(wrong)} is not text`;
  return [invalid([...path, wrong], message, 'Put the value in quotes.')];
}

/** `y: yes` is two booleans to kubectl and to us; the API server refuses them, without a line number. */
function checkTextMaps(value: Record<string, unknown>): Finding[] {
  if (value.apiVersion !== 'v1' || (value.kind !== 'ConfigMap' && value.kind !== 'Secret')) return [];
  return ['data', 'stringData', 'binaryData'].flatMap((field) => checkTexts([field], value[field]));
}

const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  [APPLY_ANNOTATION]: APPLY_MODES,
  [PRUNE_ANNOTATION]: PRUNE_MODES,
  [DRIFT_ANNOTATION]: DRIFT_MODES,
};

/** What is mistyped would protect nothing: an annotation of ours that there is not, or one that stands among the labels. */
function checkUnknownOptions(field: 'annotations' | 'labels', map: unknown): Finding[] {
  const keys = isMapping(map) ? Object.keys(map).filter((key) => key.startsWith(OPTION_PREFIX)) : [];
  const unknown = keys.filter((key) => key !== INVENTORY_LABEL && (field === 'labels' || !Object.hasOwn(OPTIONS, key)));
  return unknown.map((key) => {
    const near = suggest(key, Object.keys(OPTIONS));
    const known = near === undefined ? `Known are ${Object.keys(OPTIONS).join(', ')}.` : `Did you mean ${near}?`;
    const remedy = Object.hasOwn(OPTIONS, key) ? 'It counts among the annotations only.' : known;
    const message = `${toSafeText(key)} is no ${field === 'labels' ? 'label' : 'annotation'} of kubic-init`;
    return invalid(['metadata', field, key], message, remedy);
  });
}

function checkOptions(annotations: Record<string, unknown>): Finding[] {
  return Object.entries(OPTIONS).flatMap(([key, values]) => {
    const found = annotations[key];
    if (found === undefined || (typeof found === 'string' && values.includes(found))) return [];
    const path = ['metadata', 'annotations', key];
    return [invalid(path, `${key} has an unknown value`, `Write one of: ${values.join(', ')}.`)];
  });
}

function checkReserved(value: Record<string, unknown>, metadata: Record<string, unknown>): Finding[] {
  const isReserved = (key: string): boolean => key.startsWith('applyset.kubernetes.io/') || key === INVENTORY_LABEL;
  const reserved = ['labels', 'annotations'].flatMap((field) =>
    (isMapping(metadata[field]) ? Object.keys(metadata[field]) : []).filter(isReserved).map((key) => ({
      path: ['metadata', field, key],
      what: toSafeText(key),
    })),
  );
  const name = typeof metadata.name === 'string' ? metadata.name : '';
  if (value.kind === 'Secret' && metadata.namespace === 'kube-system' && name.startsWith(INVENTORY_PREFIX)) {
    reserved.push({ path: ['metadata', 'name'], what: `the name ${toSafeText(name)}` });
  }
  return reserved.map(({ path, what }) => ({
    code: 'addons.reserved-field',
    path,
    message: `${what} is kubic-init's own`,
    remedy: 'Remove it from the manifest.',
  }));
}

/** Numbers that only JSON's own grammar has (`1e400`), and nesting beyond what any kind has. */
function checkValues(value: unknown, path: (string | number)[] = []): Finding[] {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return [invalid(path, `${fieldName(path)}: a number that is too large`, 'Put it in quotes, or correct it.')];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (path.length >= MAX_DEPTH) {
    const message = `${fieldName(path.slice(0, 4))}…: nested more than ${MAX_DEPTH} levels deep`;
    return [invalid(path, message, 'Take the nesting out.')];
  }
  const steps: readonly (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  for (const step of steps) {
    path.push(step);
    const findings = checkValues((value as Readonly<Record<string | number, unknown>>)[step], path);
    path.pop();
    if (findings.length > 0) return findings;
  }
  return [];
}

function fieldName(path: FieldPath): string {
  return toSafeText(path.join('.'));
}

function invalid(path: FieldPath, message: string, remedy: string): Finding {
  return { code: 'addons.invalid-manifest', path: [...path], message, remedy };
}
