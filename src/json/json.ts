export type JsonObject = { readonly [key: string]: Json };

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
