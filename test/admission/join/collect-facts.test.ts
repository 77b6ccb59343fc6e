import { readFile } from 'node:fs/promises';
import { hostname, networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { collectFacts } from '../../../src/admission/join/collect-facts.ts';

test('a machine is described by its own files, and by the addresses at which others reach it', async () => {
  const { machineId, hostname: name, osImage, addresses } = await collectFacts();
  const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
  expect(name).toBe(hostname());
  expect(machineId).toBe((await textOf('/etc/machine-id')).trim());
  expect(await textOf('/etc/os-release')).toContain(osImage);
  expect(osImage).not.toBe('');
  const loopback = Object.values(networkInterfaces()).flatMap((all = []) => all.filter(({ internal }) => internal));
  expect(loopback.map(({ address }) => address)).toContain('127.0.0.1');
  for (const { address } of loopback) expect(addresses).not.toContain(address);
  expect(addresses.filter((address) => address.startsWith('fe80:'))).toEqual([]);
});
