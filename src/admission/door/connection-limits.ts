import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import { formatAddress, parseAddress } from '../../text/address.ts';
import { createRateLimit, neighbourhoodOf, networkOf } from './rate-limit.ts';

export const MAX_CONNECTIONS = 256;
const MAX_PER_NETWORK = 64;
/** What all machines together have that are near no known Node: the rest is kept for those that are. */
const MAX_STRANGERS = 192;
const STRANGERS = 'strangers';

/** Bounds how many connections a network has open and makes, and how many all have that are near none of the known addresses. */
export function limitConnections(server: Server, knownAddresses: () => readonly string[]): void {
  const rate = createRateLimit({ burst: 200, perSecond: 20 });
  const isKnown = createNeighbours(knownAddresses);
  const open = new Map<string, number>();
  const count = (key: string, change: number): void => {
    const left = (open.get(key) ?? 0) + change;
    if (left > 0) open.set(key, left);
    else open.delete(key);
  };
  server.on('connection', (socket: Socket) => {
    const address = addressOf(socket);
    const network = networkOf(address);
    const isStranger = !isKnown(address);
    const isFull = (open.get(network) ?? 0) >= MAX_PER_NETWORK;
    const isFullOfStrangers = isStranger && (open.get(STRANGERS) ?? 0) >= MAX_STRANGERS;
    if (isFull || isFullOfStrangers || !rate.allow(network)) return void socket.destroy();
    const keys = isStranger ? [network, STRANGERS] : [network];
    for (const key of keys) count(key, 1);
    socket.once('close', () => {
      for (const key of keys) count(key, -1);
    });
  });
}

/** In its canonical form: without the prefix that IPv4 has on a socket of both families. */
export function addressOf(socket: Socket): string {
  const text = socket.remoteAddress ?? '';
  const address = parseAddress(text);
  return address ? formatAddress(address) : text;
}

function createNeighbours(addresses: () => readonly string[]): (address: string) => boolean {
  let [from, near]: [readonly string[], ReadonlySet<string>] = [[], new Set()];
  return (address) => {
    const known = addresses();
    if (known !== from) [from, near] = [known, new Set(known.map(neighbourhoodOf))];
    return near.has(neighbourhoodOf(address));
  };
}
