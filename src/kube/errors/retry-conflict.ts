import { KubicError } from '../../errors/kubic-error.ts';

const ATTEMPTS = 10;

/**
 * Reads an object and changes it under the resourceVersion it was read at, anew while somebody else is faster: a Node is written by
 * its kubelet and by controllers all the time (client-go's `retry.RetryOnConflict`).
 *
 * @throws KubicError kube.conflict of the last attempt, and whatever else an attempt throws at once
 */
export async function retryConflict<T>(readAndChange: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await readAndChange();
    } catch (error) {
      if (!(error instanceof KubicError) || error.code !== 'kube.conflict' || attempt === ATTEMPTS) throw error;
    }
  }
}
