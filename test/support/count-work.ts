import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';

/** Optimized code counts nothing. */
const FLAGS = ['--no-opt', '--no-maglev', '--no-sparkplug'];

/**
 * How often functions and blocks of code ran, as V8 counts them for coverage: the same for the same input, on any machine at any load. What
 * the engine does by itself (searching a text) is not in it.
 *
 * @param of a part of the paths of the scripts that count
 */
export async function countWork(of: RegExp, run: () => unknown): Promise<number> {
  for (const flag of FLAGS) setFlagsFromString(flag);
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    await run();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    await session.post('Profiler.stopPreciseCoverage');
    const scripts = result.filter(({ url }) => of.test(url));
    const counts = scripts.flatMap(({ functions }) =>
      functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  } finally {
    session.disconnect();
  }
}
