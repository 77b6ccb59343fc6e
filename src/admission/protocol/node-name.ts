/** A node name out of a hostname: its first label, in lower case, without what a name may not hold. */
export function toNodeName(hostname: string): string {
  const label = hostname.toLowerCase().split('.')[0] ?? '';
  const name = label
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'node' : name;
}
