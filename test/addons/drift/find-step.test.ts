import { expect, test } from 'vitest';
import { findStep } from '../../../src/addons/drift/find-step.ts';

const TCP = 'k:{"port":80,"protocol":"TCP"}';
const UDP = 'k:{"port":53,"protocol":"UDP"}';

test('an item is named as its owner names it, whether it is still there or not: what it leaves out has its default', () => {
  const owners = [{ [UDP]: {}, [TCP]: {} }];
  expect(findStep({ port: 80 }, [], owners)).toBe(TCP);
  expect(findStep({ port: 80 }, [{ port: 80, protocol: 'SCTP' }], owners)).toBe(TCP);
});

test('an item that no owner has is named by the keys of the others, with the defaults of the live one', () => {
  const owners = [{ [UDP]: {} }];
  expect(findStep({ port: 80 }, [{ port: 80, protocol: 'TCP', name: 'web' }], owners)).toBe(TCP);
  expect(findStep({ port: 80, name: 'web' }, [], owners)).toBe('k:{"port":80}');
});

test('an item of a set is named by its value; what nobody names has no step', () => {
  expect(findStep('a', [], [{ 'v:"a"': {} }])).toBe('v:"a"');
  expect(findStep('b', [], [{ 'v:"a"': {} }])).toBe('v:"b"');
  expect(findStep({ port: 80 }, [], [{ 'f:port': {} }])).toBeUndefined();
  expect(findStep('a', [], [{ [TCP]: {} }])).toBeUndefined();
});
