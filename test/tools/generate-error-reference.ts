import { catalogue } from '../../src/errors/catalogue.ts';
import type { CatalogueEntry, Retry } from '../../src/errors/catalogue-entry.ts';

const RETRY: { readonly [K in Retry]: string } = {
  soon: 'tried again soon',
  'next-commit': 'waits for a commit',
  never: 'waits for someone on this machine',
};

/** A page with every code of the catalogue, by area, as `kubic-init explain` prints them. */
export function generateErrorReference(): string {
  const areas = Map.groupBy(Object.entries<CatalogueEntry>(catalogue), ([code]) => code.slice(0, code.indexOf('.')));
  return `# Error codes

<!-- Generated from src/errors by \`npm run generate\`: change the catalogue, not this page. -->

Codes are stable. \`kubic-init explain CODE\` prints an entry.
With a temporary one only somebody else is away or not ready yet: a sync that it ends has exit code 75, phase \`waiting\`.
${[...areas].map(([area, entries]) => `\n## ${area}\n${entries.map(section).join('')}`).join('')}`;
}

function section([code, { summary, cause, remedy, retry, temporary }]: [string, CatalogueEntry]): string {
  return `
### ${code}

${sentence(summary)} _(${temporary ? 'temporary: ' : ''}${RETRY[retry]})_

- Cause: ${cause}
- Remedy: ${remedy}
`;
}

function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}
