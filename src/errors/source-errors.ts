import type { Catalogue } from './catalogue-entry.ts';

export const sourceErrors = {} as const satisfies Catalogue;
