import { expect, test, vi } from 'vitest';
import { splitDocuments } from '../../../src/addons/manifests/split-documents.ts';

/** How many characters are searched through, whoever searches: the engine's own work, that counting calls does not see. */
function countSearched(text: string): number {
  const search = String.prototype.indexOf;
  let searched = 0;
  const spy = vi.spyOn(String.prototype, 'indexOf').mockImplementation(function (this: string, what, from = 0) {
    const at = search.call(this, what, from);
    searched += (at < 0 ? this.length : at + 1) - from;
    return at;
  });
  try {
    for (const { kind } of splitDocuments(text)) if (kind === 'json-error') throw new Error('not split');
  } finally {
    spy.mockRestore();
  }
  return searched;
}

test.each([
  ['on one line', '{"items":[]}'],
  ['on lines of their own', '{"items":[]}\n'],
  ['of YAML', 'a: 1\n---\n'],
])('no character is searched through again and again where there are many objects %s', (_where, object) => {
  for (const count of [50, 400]) {
    const text = object.repeat(count);
    const searched = countSearched(text);
    expect(searched).toBeGreaterThan(0);
    expect(searched).toBeLessThanOrEqual(3 * text.length);
  }
});
