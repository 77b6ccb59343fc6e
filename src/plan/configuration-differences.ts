import { isMapping } from '../json/at.ts';
import { canonicalJson } from '../json/canonical.ts';
import { quote } from '../text/quote.ts';

export interface ConfigurationDifference {
  /** The path of the field in the configuration: `network.podSubnet`. */
  readonly path: string;
  /** The change in words. */
  readonly change: string;
}

/** Each field in which what is declared differs from what was. Lists are not told: they may hold what does not belong in a log. */
export function configurationDifferences(before: unknown, now: unknown, path = ''): ConfigurationDifference[] {
  if (isMapping(before) && isMapping(now)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(now)]);
    return [...keys].flatMap((key) =>
      configurationDifferences(before[key], now[key], path === '' ? key : `${path}.${key}`),
    );
  }
  if (canonicalJson(before) === canonicalJson(now)) return [];
  const [was, is] = [describe(before), describe(now)];
  return [{ path, change: was === undefined || is === undefined ? 'has changed' : `was ${was}, is now ${is}` }];
}

function describe(value: unknown): string | undefined {
  if (value === undefined) return 'not set';
  return typeof value === 'object' ? undefined : quote(value);
}
