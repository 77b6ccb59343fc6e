import type { Catalogue } from './catalogue-entry.ts';

export const settingsErrors = {} as const satisfies Catalogue;
