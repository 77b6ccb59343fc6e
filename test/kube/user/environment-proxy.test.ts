import { expect, test } from 'vitest';
import { proxyOfEnvironment } from '../../../src/kube/user/environment-proxy.ts';

// The right values are those of golang.org/x/net/http/httpproxy, which kubectl uses.

const proxied = (server: string, noProxy: string): boolean =>
  proxyOfEnvironment(new URL(server), { HTTPS_PROXY: 'http://p:3128', NO_PROXY: noProxy }) !== undefined;

test.each([
  ['', 'https://api.example.com:6443', true],
  ['*', 'https://api.example.com:6443', false],
  ['example.com', 'https://example.com', false],
  ['example.com', 'https://api.example.com', false],
  ['example.com', 'https://badexample.com', true],
  ['.example.com', 'https://example.com', true],
  ['.example.com', 'https://api.example.com', false],
  ['*.example.com', 'https://api.example.com', false],
  ['*.example.com', 'https://example.com', true],
  ['EXAMPLE.com', 'https://api.Example.COM', false],
  [' other , example.com ', 'https://example.com', false],
  ['example.com:6443', 'https://example.com:6443', false],
  ['example.com:6443', 'https://example.com', true],
  ['example.com:443', 'https://example.com', false],
  ['10.0.0.0/8', 'https://10.1.2.3:6443', false],
  ['10.0.0.0/8', 'https://11.1.2.3:6443', true],
  ['10.0.0.0/33', 'https://10.1.2.3:6443', true],
  ['10.1.2.3', 'https://10.1.2.3:6443', false],
  ['10.1.2.3:6443', 'https://10.1.2.3:6443', false],
  ['10.1.2.3:6444', 'https://10.1.2.3:6443', true],
  ['fd00::/8', 'https://[fd00::1]:6443', false],
  ['fd00::1', 'https://[fd00::1]:6443', false],
  ['[fd00::1]:6443', 'https://[fd00::1]:6443', false],
  ['[fd00::1]:1', 'https://[fd00::1]:6443', true],
  ['', 'https://localhost:6443', false],
  ['', 'https://127.0.0.9:6443', false],
  ['', 'https://[::1]:6443', false],
] as const)('NO_PROXY=%s: %s goes through the proxy: %s', (noProxy, server, expected) => {
  expect(proxied(server, noProxy)).toBe(expected);
});

test('the proxy is that of the scheme, in either case of letters, and http:// where it names none', () => {
  const server = new URL('https://api.example.com');
  expect(proxyOfEnvironment(server, { HTTP_PROXY: 'http://p' })).toBeUndefined();
  expect(proxyOfEnvironment(new URL('http://api.example.com'), { http_proxy: 'http://p' })).toBe('http://p');
  expect(proxyOfEnvironment(server, { https_proxy: 'p:3128' })).toBe('http://p:3128');
  expect(proxyOfEnvironment(server, { HTTPS_PROXY: 'socks5://p', https_proxy: 'http://q' })).toBe('socks5://p');
});
