import { splitHostPort } from '../text/address.ts';

/** `:9443` or `10.250.0.11:9443` as node:net takes it; no host means all addresses. */
export function parseListen(listen: string): { readonly host?: string; readonly port: number } {
  const { host, port } = splitHostPort(listen);
  return host === '' ? { port } : { host, port };
}
