import { isMapping } from '../../json/at.ts';
import type { Json, JsonObject } from '../../json/json.ts';

/**
 * Merges the user's overrides into what kubic-init writes for kubeadm: objects field by field; lists whose entries all
 * have a `name` (extraArgs, extraVolumes, kubeletExtraArgs) entry by entry; everything else is replaced.
 */
export function mergeOverrides(base: JsonObject, overrides: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...base };
  for (const [key, value] of Object.entries(overrides)) {
    const existing = merged[key];
    merged[key] = existing === undefined ? value : mergeValues(existing, value);
  }
  return merged;
}

function mergeValues(base: Json, override: Json): Json {
  if (isMapping(base) && isMapping(override)) return mergeOverrides(base, override);
  if (isNamedList(base) && isNamedList(override)) {
    const names = new Set(override.map((entry) => entry.name));
    return [...base.filter((entry) => !names.has(entry.name)), ...override];
  }
  return override;
}

function isNamedList(value: Json): value is readonly (JsonObject & { name: string })[] {
  return Array.isArray(value) && value.every((entry) => isMapping(entry) && typeof entry.name === 'string');
}
