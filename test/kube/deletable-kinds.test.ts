import { expect, test } from 'vitest';
import { KubicError } from '../../src/errors/kubic-error.ts';
import { findNamespacedKinds } from '../../src/kube/deletable-kinds.ts';

const groups = (...versions: string[]) => ({
  groups: versions.map((groupVersion) => ({ versions: [{ groupVersion }], preferredVersion: { groupVersion } })),
});
const resource = (kind: string, more: object = {}) => ({
  kind,
  name: `${kind.toLowerCase()}s`,
  namespaced: true,
  verbs: ['list', 'delete'],
  ...more,
});
const down = () => {
  throw new KubicError('kube.overloaded');
};

/** Answers by path, one after the other: the last one stays. */
function reader(answers: Readonly<Record<string, readonly (object | (() => never) | undefined)[]>>) {
  const asked = new Map<string, number>();
  return {
    readPath: async (path: string) => {
      const known = answers[path] ?? [];
      const count = asked.get(path) ?? 0;
      asked.set(path, count + 1);
      const answer = known[Math.min(count, known.length - 1)];
      return typeof answer === 'function' ? answer() : answer;
    },
  };
}

const core = { '/api/v1': [{ resources: [resource('Pod'), resource('Node', { namespaced: false })] }] };
const names = async (client: ReturnType<typeof reader>, mayBeAway: readonly string[] = []) =>
  (await findNamespacedKinds(client, { mayBeAway: new Set(mayBeAway) })).map(
    ({ apiVersion, kind }) => `${apiVersion} ${kind}`,
  );

test('what a namespace may have is what can be listed and deleted in it', async () => {
  const b = { resources: [resource('B'), resource('C', { verbs: ['list'] }), resource('D', { name: 'bs/status' })] };
  const client = reader({ ...core, '/apis': [groups('b.example.com/v1')], '/apis/b.example.com/v1': [b] });
  expect(await names(client)).toEqual(['v1 Pod', 'b.example.com/v1 B']);
});

test('a version that is named and gone a moment later, as its definition is deleted, is not an unknown', async () => {
  const client = reader({
    ...core,
    '/apis': [groups('b.example.com/v1'), groups()],
    '/apis/b.example.com/v1': [undefined],
  });
  expect(await names(client)).toEqual(['v1 Pod']);
});

test('an API that is down is an error: nobody knows what it has', async () => {
  const client = reader({ ...core, '/apis': [groups('b.example.com/v1')], '/apis/b.example.com/v1': [down] });
  await expect(names(client)).rejects.toMatchObject({ code: 'kube.overloaded' });
  expect(await names(client, ['b.example.com/v1'])).toEqual(['v1 Pod']);
  await expect(names(client, ['b.example.com/v2'])).rejects.toMatchObject({ code: 'kube.overloaded' });
});

test('metrics that are down hold nothing: they are measured, not stored', async () => {
  const versions = ['metrics.k8s.io/v1beta1', 'custom.metrics.k8s.io/v1beta2', 'external.metrics.k8s.io/v1beta1'];
  const away = Object.fromEntries(versions.map((version) => [`/apis/${version}`, [down]]));
  expect(await names(reader({ ...core, ...away, '/apis': [groups(...versions)] }))).toEqual(['v1 Pod']);
});

test('an API server that cannot be reached, or a stop, is told whichever API leaves', async () => {
  const unreachable = () => {
    throw new KubicError('kube.unreachable');
  };
  const client = reader({ ...core, '/apis': [groups('b.example.com/v1')], '/apis/b.example.com/v1': [unreachable] });
  await expect(names(client, ['b.example.com/v1'])).rejects.toMatchObject({ code: 'kube.unreachable' });
});
