import type { GitHttpRequest, GitHttpResponse } from 'isomorphic-git';
import type { HttpClient } from './http-client.ts';

/** An HTTP client that remembers what the server said it can do: isomorphic-git asks for it, and does not pass it on. */
export interface Advertisement extends Pick<HttpClient, 'request'> {
  /** The server knows `filter`; false before it was asked. */
  readonly filters: boolean;
}

/** A line `fetch=shallow filter` in protocol version 2, a list of capabilities behind the first ref in 0 and 1. */
const FILTER = /(?:^[0-9a-f]{4}fetch=|\0)[^\n\0]*\bfilter\b/m;

/** Lets `http` do the work, and looks at what comes back for a GET. */
export function watchAdvertisement(http: Pick<HttpClient, 'request'>): Advertisement {
  let filters = false;
  return {
    get filters() {
      return filters;
    },
    request: async (request: GitHttpRequest): Promise<GitHttpResponse> => {
      const response = await http.request(request);
      if (request.method === 'POST' || response.body === undefined) return response;
      const chunks: Uint8Array[] = [];
      for await (const chunk of response.body) chunks.push(chunk);
      filters = FILTER.test(Buffer.concat(chunks).toString('latin1', 0, 64 * 1024));
      return { ...response, body: iterate(chunks) };
    },
  };
}

async function* iterate(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* chunks;
}
