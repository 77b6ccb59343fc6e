/** A generated type after validation has filled in the defaults; only for fields whose schema has one. */
export type Filled<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]-?: Filled<Exclude<T[K], undefined>> }
    : T;
