import type { Catalogue } from './catalogue-entry.ts';

export const addonsErrors = {} as const satisfies Catalogue;
