import { describe, expect, test } from 'vitest';
import { indexObject } from '../../src/addons/indexed-object.ts';
import { collectScopes, placeAddons, placeObject, placeRef } from '../../src/addons/scopes.ts';
import { digestOf } from '../../src/json/canonical.ts';
import { definition, issuer, placed } from './custom-kind-fixture.ts';

const addon = (...objects: Parameters<typeof indexObject>[0][]) => ({
  name: 'web',
  dependsOn: [],
  prune: true,
  drift: 'correct' as const,
  digest: 'd',
  objects: objects.map(indexObject),
});

describe('a kind is known to have no namespace', () => {
  test('by its definition in the repository', () => {
    const scopes = collectScopes([addon(definition('Cluster', 'Issuer'), definition('Namespaced', 'Db'), issuer)], []);
    expect([...scopes]).toEqual(['example.com/Issuer']);
  });

  test('by what the API server answered at an apply, and not by what was never applied', () => {
    const entry = { apiVersion: 'example.com/v1', kind: 'Issuer', name: 'ca' };
    expect([...collectScopes([], [{ ...entry, live: 'l' }])]).toEqual(['example.com/Issuer']);
    expect([...collectScopes([], [entry])]).toEqual([]);
    expect([...collectScopes([], [{ ...entry, live: 'l', namespace: 'pki' }])]).toEqual([]);
  });

  test('by what was asked of the API server', () => {
    expect([...collectScopes([], [], ['example.com/Issuer'])]).toEqual(['example.com/Issuer']);
  });
});

describe('an object', () => {
  const scopes = new Set(['example.com/Issuer']);
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'w-1', namespace: 'x' } };
  const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'x' } };

  test('stands where the API server puts it', () => {
    expect(placeObject(issuer, scopes)).toEqual(placed);
    expect(placeObject(issuer, new Set())).toBe(issuer);
    expect(placeObject(node, new Set())).toEqual({ ...node, metadata: { name: 'w-1' } });
    expect(placeObject(config, scopes)).toBe(config);
    expect(placeObject(placed, scopes)).toBe(placed);
  });

  test('is named as it stands there', () => {
    const ref = { apiVersion: 'example.com/v1', kind: 'Issuer', name: 'ca', namespace: 'pki' };
    expect(placeRef(ref, scopes)).toEqual({ apiVersion: 'example.com/v1', kind: 'Issuer', name: 'ca' });
    expect(placeRef(ref, new Set())).toBe(ref);
    expect(placeRef({ ...ref, kind: 'Db' }, scopes)).toMatchObject({ namespace: 'pki' });
  });

  test('is known by the digest of the manifest as it stands there', () => {
    const [there] = placeAddons([addon(issuer)], scopes)[0]?.objects ?? [];
    expect(there).toMatchObject({ digest: digestOf(placed) });
    expect(there).not.toHaveProperty('namespace');
    const [here] = placeAddons([addon(issuer)], new Set())[0]?.objects ?? [];
    expect(here).toMatchObject({ namespace: 'pki', digest: digestOf(issuer) });
  });
});
