import type { Catalogue } from './catalogue-entry.ts';

export const kubeadmErrors = {} as const satisfies Catalogue;
