/**
 * What @peculiar/x509's container asks of the reflect-metadata proposal, and no more. Import it before @peculiar/x509:
 * no polyfill is among the dependencies.
 */
const store = new WeakMap<object, Map<unknown, unknown>>();

const getOwnMetadata = (key: unknown, target: object): unknown => store.get(target)?.get(key);

if (!('getMetadata' in Reflect)) {
  Object.assign(Reflect, {
    getOwnMetadata,
    getMetadata: getOwnMetadata,
    defineMetadata: (key: unknown, value: unknown, target: object): void => {
      store.set(target, (store.get(target) ?? new Map()).set(key, value));
    },
  });
}
