import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable, printableLine } from '../../src/text/printable.ts';

test.for([
  ['a\u001b[2Jb', 'a\\u{1b}[2Jb'],
  ['a\nb', 'a\\u{a}b'],
  ['a\u202eb\u2066c\u200fd', 'a\\u{202e}b\\u{2066}c\\u{200f}d'],
  ['see https://user:secret@example.com/x now', 'see https://…@example.com/x now'],
  ['a//b@c//d@e', 'a//…@e'],
  ['a b@c', 'a b@c'],
  ['😀'.repeat(300), `${'😀'.repeat(200)}…`],
] as const)("somebody else's text is shown without what a terminal acts on: %j", ([text, shown]) => {
  expect(printable(text)).toBe(shown);
});

test('prose in several lines is one line', () => {
  expect(printableLine(' a:\r\n\t- b\u0000\n\n c ')).toBe('a: - b c');
});

test('a password is not shown because its URL is so long that the end of it is not looked at', () => {
  expect(printable(`https://user:${'secret'.repeat(1_000)}@example.com`)).toBe('https://…');
});

test('nothing of any text steers a terminal, and its length is bounded', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 500 }), fc.integer({ min: 1, max: 100 }), (text, length) => {
      for (const shown of [printable(text, length), printableLine(text, length)]) {
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(shown.length).toBeLessThanOrEqual(length * 10 + 1);
      }
    }),
  );
});
