import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { BackendAnswer } from './git-server-backend.ts';

/** Which part of a fetch a request is: the advertisement, protocol v2's ls-refs, or the pack. */
export type RequestStage = 'info-refs' | 'ls-refs' | 'fetch' | 'other';

type FaultKind =
  /** 401, 403, 404, 500, 503: whatever the server says. */
  | { readonly type: 'status'; readonly status: number }
  /** Takes the request and never answers. */
  | { readonly type: 'hang' }
  /** The right answer, in a trickle. */
  | { readonly type: 'slow'; readonly bytesPerSecond: number }
  /** The first bytes of the right answer, and then a clean end: no length was announced. */
  | { readonly type: 'truncate'; readonly bytes: number }
  /** The first bytes of an answer whose length was announced, and then the connection is cut. */
  | { readonly type: 'reset'; readonly bytes: number }
  | { readonly type: 'redirect'; readonly location: string; readonly status?: number }
  /** A repository that moved: what is below `from` redirects to the same place below `to`, all else works. */
  | { readonly type: 'moved'; readonly from: string; readonly to: string }
  /** The right answer with one byte of the pack's header changed. */
  | { readonly type: 'garble' }
  /** Some other web server: 200 and this text. */
  | { readonly type: 'body'; readonly body: string; readonly contentType?: string }
  /** The right answer followed by more and more packets. */
  | { readonly type: 'endless' };

/** `on` limits a fault to one stage; without it every request gets it. */
export type Fault = FaultKind & { readonly on?: RequestStage };

interface Exchange {
  readonly response: ServerResponse;
  /** Path and query. */
  readonly url: string;
  record(status: number): void;
  right(): Promise<BackendAnswer>;
}

/** Answers one request wrongly, as `fault` says. */
export async function sendWithFault(fault: Fault, { response, url, record, right }: Exchange): Promise<void> {
  switch (fault.type) {
    case 'moved': {
      if (url.startsWith(fault.from)) {
        record(308);
        return void response.writeHead(308, { location: fault.to + url.slice(fault.from.length) }).end();
      }
      const { status, headers, content } = await right();
      record(status);
      return void response.writeHead(status, headers).end(content);
    }
    case 'status':
      record(fault.status);
      return void response.writeHead(fault.status).end('fault\n');
    case 'hang':
      return record(0);
    case 'redirect':
      record(fault.status ?? 302);
      return void response.writeHead(fault.status ?? 302, { location: fault.location }).end();
    case 'body':
      record(200);
      return void response.writeHead(200, { 'content-type': fault.contentType ?? 'text/html' }).end(fault.body);
    default:
      return sendPartly(fault, response, record, await right());
  }
}

async function sendPartly(
  fault: Extract<Fault, { type: 'slow' | 'truncate' | 'reset' | 'endless' | 'garble' }>,
  response: ServerResponse,
  record: (status: number) => void,
  { status, headers, content }: BackendAnswer,
): Promise<void> {
  record(status);
  switch (fault.type) {
    case 'truncate':
      return void response.writeHead(status, headers).end(content.subarray(0, fault.bytes));
    case 'garble': {
      const garbled = Buffer.from(content);
      const at = content.indexOf('PACK') + 11; // the number of objects
      garbled[at] = (garbled[at] ?? 0) ^ 0xff;
      return void response.writeHead(status, headers).end(garbled);
    }
    case 'reset':
      response.writeHead(status, { ...headers, 'content-length': content.length });
      return void response.write(content.subarray(0, fault.bytes), () => response.destroy());
    case 'endless':
      response.writeHead(status, headers).write(content);
      return pump(response, Buffer.concat([Buffer.from('fff0\x01'), Buffer.alloc(65_515)]));
    case 'slow':
      response.writeHead(status, headers);
      for (let at = 0; at < content.length && !response.destroyed; at += 1) {
        response.write(content.subarray(at, at + 1));
        await delay(1_000 / fault.bytesPerSecond);
      }
      response.end();
  }
}

async function pump(response: ServerResponse, chunk: Buffer): Promise<void> {
  const closed = new AbortController();
  response.once('close', () => closed.abort());
  while (!response.destroyed) {
    if (!response.write(chunk)) await once(response, 'drain', { signal: closed.signal }).catch(() => {});
  }
}
