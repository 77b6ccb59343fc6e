import { describe, expect, test } from 'vitest';
import { indexObject } from '../../src/addons/indexed-object.ts';
import { digestOf } from '../../src/json/canonical.ts';
import { definition, issuer, placed } from './custom-kind-fixture.ts';

describe('the index of an object', () => {
  test('has what names it and the digest of its manifest, and no more of an ordinary one', () => {
    const config = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'x', annotations: { b: 'c' } },
    };
    expect(indexObject(config)).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      namespace: 'x',
      name: 'a',
      digest: digestOf(config),
    });
  });

  test('has our annotations, and another digest where its kind may have no namespace', () => {
    const annotations = { 'kubic.suse.com/prune': 'disabled', 'example.com/x': 'y' };
    const asked = { ...issuer, metadata: { ...issuer.metadata, annotations } };
    expect(indexObject(asked)).toMatchObject({ options: { 'kubic.suse.com/prune': 'disabled' } });
    expect(indexObject(issuer).unscopedDigest).toBe(digestOf(placed));
    expect(indexObject(placed)).not.toHaveProperty('unscopedDigest');
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a', namespace: 'x' } };
    expect(indexObject(deployment)).not.toHaveProperty('unscopedDigest');
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'a', namespace: 'x' } };
    expect(indexObject(node)).toHaveProperty('unscopedDigest');
  });

  test('has what it defines, what it goes with, and whether it goes by itself', () => {
    expect(indexObject(definition('Cluster', 'Issuer')).defines).toEqual({
      name: 'issuers.example.com',
      group: 'example.com',
      kind: 'Issuer',
      isClusterScoped: true,
    });
    expect(indexObject(definition('Namespaced', 'Db')).defines).toMatchObject({ isClusterScoped: false });
    const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: 'u' }];
    const owned = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a', namespace: 'x', ownerReferences } };
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'owner' };
    expect(indexObject(owned).goesWith).toEqual([{ ...owner, namespace: 'x' }, owner]);
    const job = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'a', namespace: 'x' },
      spec: { ttlSecondsAfterFinished: 1 },
    };
    expect(indexObject(job).goesWhenDone).toBe(true);
  });
});
