import type { Catalogue } from './catalogue-entry.ts';

export const admissionErrors = {} as const satisfies Catalogue;
