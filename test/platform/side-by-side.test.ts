import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { sideBySide } from '../../src/platform/side-by-side.ts';

describe('work side by side', () => {
  test('gives what each came to', async () => {
    const [a, b] = await sideBySide([Promise.resolve(1), Promise.resolve('x')]);
    expect([a, b]).toEqual([1, 'x']);
  });

  test('fails with the first error of the list, once all has ended', async () => {
    let ended = false;
    const slow = delay(20).then(() => {
      ended = true;
      throw new Error('first in the list');
    });
    await expect(sideBySide([slow, Promise.reject(new Error('first in time'))])).rejects.toThrow('first in the list');
    expect(ended).toBe(true);
  });
});
