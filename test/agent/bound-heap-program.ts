import { getHeapSpaceStatistics } from 'node:v8';
import { boundHeap } from '../../src/agent/bound-heap.ts';

// prints how large the space for young objects is after a burst of them, in bytes
if (process.argv[2] === 'bounded') boundHeap();
let kept: unknown;
for (let burst = 0; burst < 50; burst++) {
  kept = JSON.parse(JSON.stringify(Array.from({ length: 20_000 }, (_, at) => ({ at, text: `${at} ${burst}` }))));
}
if (kept === undefined) throw new Error('nothing was made');
console.log(getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size);
