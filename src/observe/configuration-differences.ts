import { isRecord } from '../addons/record.ts';

/**
 * Where two configurations differ, in words: `podSubnet is 10.244.0.0/16, cluster.yaml says 10.1.0.0/16`, each field by its path below
 * `root`. Only single values are quoted: lists may hold what does not belong in a log.
 *
 * @param isWhole whether a field that is not declared has to be absent; otherwise it is left alone, as a default may be
 */
export function configurationDifferences(declared: unknown, actual: unknown, root: string, isWhole: boolean): string[] {
  if (isRecord(declared) && (isRecord(actual) || actual === undefined)) {
    const keys = new Set([...Object.keys(declared), ...(isWhole ? Object.keys(actual ?? {}) : [])]);
    return [...keys].flatMap((key) =>
      configurationDifferences(declared[key] ?? undefined, actual?.[key] ?? undefined, `${root}.${key}`, isWhole),
    );
  }
  if (isSame(declared, actual)) return [];
  return [`${root} ${describeActual(declared, actual)}`];
}

function describeActual(declared: unknown, actual: unknown): string {
  const [is, says] = [quoteSingle(actual), quoteSingle(declared)];
  return is === undefined || says === undefined ? 'is not as cluster.yaml says' : `is ${is}, cluster.yaml says ${says}`;
}

function quoteSingle(value: unknown): string | undefined {
  if (value === undefined) return 'not set';
  return typeof value === 'object' ? undefined : String(value);
}

function isSame(declared: unknown, actual: unknown): boolean {
  return normal(declared) === normal(actual);
}

/** The duration in seconds where it is one, for Go writes `1m` back as `1m0s`; else the value as JSON. */
function normal(value: unknown): string | number | undefined {
  return (typeof value === 'string' ? secondsOf(value) : undefined) ?? JSON.stringify(value);
}

const SECONDS = { h: 3600, m: 60, s: 1, ms: 1e-3 } as const;

function secondsOf(text: string): number | undefined {
  if (!/^(\d{1,9}(h|ms|m|s))+$/.test(text)) return undefined;
  const parts = text.matchAll(/(\d+)(h|ms|m|s)/g);
  return [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * SECONDS[unit as keyof typeof SECONDS], 0);
}
