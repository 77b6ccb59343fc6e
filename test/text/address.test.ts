import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatAddress,
  isWithin,
  parseAddress,
  parseSubnet,
  parseSubnets,
  subnetsOverlap,
} from '../../src/text/address.ts';

describe('addresses', () => {
  test('are told from other text as node:net does', () => {
    const characters = fc.constantFrom(...'0123456789abcdefF:.gx- ');
    const text = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string({ unit: characters, maxLength: 20 }));
    fc.assert(fc.property(text, (candidate) => (parseAddress(candidate) !== undefined) === isIP(candidate) > 0));
  });

  test('are the same, and have one text, however they are spelt', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const address = parseAddress(text)!;
        const expanded = `${text.includes('.') ? text : text.toUpperCase()}`;
        expect(parseAddress(expanded)).toEqual(address);
        expect(parseAddress(formatAddress(address))).toEqual(address);
      }),
    );
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        const address = parseAddress(text)!;
        expect(formatAddress(address)).toBe(text);
        expect(parseAddress(`::ffff:${text}`)).toEqual(address);
        expect(parseAddress(`0:0:0:0:0:FFFF:${text}`)).toEqual(address);
      }),
    );
  });

  test.each([
    ['::ffff:10.250.0.11', '10.250.0.11'],
    ['::FFFF:afa:b', '10.250.0.11'],
    ['FD00:0:0:0:0:0:0:15', 'fd00::15'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['::10.250.0.11', '::afa:b'],
  ])('%s is written %s', (text, canonical) => {
    expect(formatAddress(parseAddress(text)!)).toBe(canonical);
  });

  test.each([
    ['::', 0n],
    ['::1', 1n],
    ['::ffff:1.2.3.4', 0x01020304n],
    ['::fffe:1.2.3.4', 0xfffe01020304n],
    ['fd00::1:0', 0xfd000000000000000000000000010000n],
    ['1.2.3.4', 0x01020304n],
  ])('%s is %s', (text, value) => {
    expect(parseAddress(text)?.value).toBe(value);
  });
});

describe('ranges', () => {
  test.each([
    ['10.244.0.0', 'the address is not an IP address'],
    ['10.244.0.0/', 'the prefix length is not within 0–32'],
    ['10.244.0.0/033', 'the prefix length is not within 0–32'],
    ['::ffff:10.0.0.0/104', 'an IPv4 range is written with dots: 10.0.0.0'],
    ['fd00::/129', 'the prefix length is not within 0–128'],
  ])('%s: %s', (text, wrong) => {
    expect(parseSubnet(text)).toBe(wrong);
  });

  test.each([
    ['10.0.0.0/8', '10.255.255.0/24', true],
    ['10.0.0.0/8', '11.0.0.0/8', false],
    ['0.0.0.0/0', '203.0.113.0/32', true],
    ['10.244.7.9/16', '10.244.0.0/24', true],
    ['fd00::/8', '10.0.0.0/8', false],
  ])('%s and %s overlap: %s', (a, b, expected) => {
    const [first] = parseSubnets(a) ?? [];
    const [second] = parseSubnets(b) ?? [];
    expect(subnetsOverlap(first!, second!)).toBe(expected);
  });

  test('hold addresses of their own family only', () => {
    const range = parseSubnets('::/127')![0]!;
    expect(isWithin(parseAddress('::1')!, range)).toBe(true);
    expect(isWithin(parseAddress('::2')!, range)).toBe(false);
    expect(isWithin(parseAddress('0.0.0.1')!, range)).toBe(false);
  });
});
