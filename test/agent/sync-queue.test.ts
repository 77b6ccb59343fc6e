import { describe, expect, it } from 'vitest';
import { createSyncQueue } from '../../src/agent/sync-queue.ts';
import type { SyncEvent } from '../../src/execute/events.ts';

/** A run that ends when the test says so. */
function controlled() {
  const running: { end: (value: string) => void; fail: (error: Error) => void; emit: (event: SyncEvent) => void }[] =
    [];
  const queue = createSyncQueue<string>((emit) => new Promise((end, fail) => running.push({ end, fail, emit })));
  return { queue, running };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the queue of syncs', () => {
  it('runs one at a time, and those who ask meanwhile share the next', async () => {
    const { queue, running } = controlled();
    const first = queue.request();
    await turn();
    const [second, third] = [queue.request(), queue.request()];
    await turn();
    expect(running).toHaveLength(1);
    running[0]?.end('one');
    expect(await first).toBe('one');
    await turn();
    expect(running).toHaveLength(2);
    running[1]?.end('two');
    expect(await Promise.all([second, third])).toEqual(['two', 'two']);
  });

  it('goes on after a sync that failed', async () => {
    const { queue, running } = controlled();
    const first = queue.request();
    await turn();
    const second = queue.request();
    running[0]?.fail(new Error('no'));
    await expect(first).rejects.toThrow('no');
    await turn();
    running[1]?.end('two');
    expect(await second).toBe('two');
  });

  it('shows those who wait for the next sync also the one that runs, and those who asked for it only that', async () => {
    const { queue, running } = controlled();
    const seen: string[] = [];
    const watch = (who: string) => (event: SyncEvent) => seen.push(`${who} ${'text' in event ? event.text : ''}`);
    const first = queue.request(watch('first'));
    await turn();
    const second = queue.request(watch('second'));
    running[0]?.emit({ type: 'notice', text: 'x' });
    running[0]?.end('one');
    await first;
    await turn();
    running[1]?.emit({ type: 'notice', text: 'y' });
    running[1]?.end('two');
    await second;
    expect(seen).toEqual(['first x', 'second x', 'second y']);
  });

  it('is idle only when nothing runs and nothing waits', async () => {
    const { queue, running } = controlled();
    const first = queue.request();
    await turn();
    const second = queue.request();
    let idle = false;
    const whenIdle = queue.idle().then(() => {
      idle = true;
    });
    running[0]?.end('one');
    await first;
    await turn();
    expect(idle).toBe(false);
    running[1]?.end('two');
    await second;
    await whenIdle;
    expect(idle).toBe(true);
  });
});
