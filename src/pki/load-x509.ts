type X509 = typeof import('@peculiar/x509');

let loaded: Promise<X509> | undefined;

/**
 * @peculiar/x509, loaded where a certificate or a request is made or read: it takes 0.15 s and 20 MB, and an idle agent needs
 * none of it. The library registers its algorithms through tsyringe, which wants three functions of the Reflect Metadata
 * proposal; these are they, as far as tsyringe calls them.
 */
export function loadX509(): Promise<X509> {
  loaded ??= import_();
  return loaded;
}

async function import_(): Promise<X509> {
  if (!('getMetadata' in Reflect)) Object.assign(Reflect, createReflectMetadata());
  return import('@peculiar/x509');
}

function createReflectMetadata() {
  const store = new WeakMap<object, Map<unknown, unknown>>();
  const getOwnMetadata = (key: unknown, target: object): unknown => store.get(target)?.get(key);
  const getMetadata = (key: unknown, target: object | null): unknown => {
    if (target === null) return undefined;
    return store.get(target)?.has(key) ? getOwnMetadata(key, target) : getMetadata(key, Object.getPrototypeOf(target));
  };
  const defineMetadata = (key: unknown, value: unknown, target: object): void => {
    store.set(target, (store.get(target) ?? new Map<unknown, unknown>()).set(key, value));
  };
  return { getOwnMetadata, getMetadata, defineMetadata };
}
