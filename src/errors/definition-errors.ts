import type { Catalogue } from './catalogue-entry.ts';

export const definitionErrors = {} as const satisfies Catalogue;
