import type { KubeObject } from '../objects/kube-object.ts';
import type { ObjectRef } from '../objects/object-ref.ts';
import type { ApiResource } from './api-resource.ts';

/** A Kubernetes API server, asked and never changed. Every method throws KubicError `kube.*` or `agent.aborted`. */
export interface KubeReader {
  /** The object, or undefined where there is none. */
  readonly get: (ref: ObjectRef, options?: CallOptions) => Promise<KubeObject | undefined>;
  /** Every object of a kind, of which `keep` is asked while they come. All namespaces, unless one is named. */
  readonly list: (apiVersion: string, kind: string, options?: ListOptions) => Promise<readonly KubeObject[]>;
  /** Every object of a kind, a page at a time; whoever gathers begins anew at each page that is the first. */
  readonly listPages: (apiVersion: string, kind: string, options?: ListOptions) => AsyncIterable<ListPage>;
  /** What a path answers, or undefined where there is nothing: for what the other methods do not offer. */
  readonly readPath: (path: string, options?: CallOptions) => Promise<unknown>;
  /** How a kind is served, or undefined. */
  readonly findResource: (apiVersion: string, kind: string) => Promise<ApiResource | undefined>;
}

/** A client that reads and changes the cluster. */
export interface KubeClient extends KubeReader {
  /** `https://host:port` */
  readonly server: string;
  /** One request by path, for what the other methods do not offer. Answers parsed JSON. */
  readonly request: (request: RawRequest) => Promise<unknown>;
  /** Server-side apply; answers the object as it then is. A conflict with another manager is kube.conflict unless forced. */
  readonly apply: (object: KubeObject, options: ApplyOptions) => Promise<KubeObject>;
  readonly create: (object: KubeObject, options?: CreateOptions) => Promise<KubeObject>;
  /** Replaces an object; with a resourceVersion in its metadata only that version (else kube.conflict). */
  readonly replace: (object: KubeObject, options?: WriteOptions) => Promise<KubeObject>;
  /** JSON merge patch. */
  readonly patch: (ref: ObjectRef, patch: unknown, options?: WriteOptions) => Promise<KubeObject>;
  /** Answers whether it is gone, or waits for finalizers or dependents. A precondition that does not hold is kube.conflict. */
  readonly delete: (ref: ObjectRef, options?: DeleteOptions) => Promise<'gone' | 'terminating'>;
  /**
   * What is there, then every change, until the signal aborts. Goes on by itself after a break. Of an object that changed and is not
   * kept any more comes `deleted`, with its names only.
   */
  readonly watch: (apiVersion: string, kind: string, options: WatchOptions) => AsyncIterable<WatchEvent>;
  /** Closes every connection. */
  readonly close: () => void;
}

interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Default 30 s. */
  readonly timeoutMs?: number;
  /** False: where the API server asks to come back later (429, 503), that is an error at once. Default: it is waited for. */
  readonly patient?: boolean;
}

export interface RawRequest extends CallOptions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
  readonly contentType?: string;
}

export interface ListOptions extends CallOptions {
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Only names, labels, annotations and owners: a fraction of what the objects are. */
  readonly metadataOnly?: boolean;
  /**
   * What to keep of an object, asked page by page: itself, a smaller one, or nothing. What anybody may make in the cluster is never
   * held whole.
   */
  readonly keep?: (object: KubeObject) => KubeObject | undefined;
}

export interface ListPage {
  readonly objects: readonly KubeObject[];
  /** True where the list begins, or began anew: nothing that came before counts. */
  readonly isFirst: boolean;
  /** The version of the whole list: where a watch goes on from. */
  readonly resourceVersion: string;
}

interface WriteOptions extends CallOptions {
  readonly subresource?: 'status' | 'approval' | 'scale';
}

interface CreateOptions extends CallOptions {
  /** Everything but the storing: the object is checked, by admission too, and a name that is taken is kube.conflict. */
  readonly dryRun?: boolean;
}

interface ApplyOptions extends CallOptions {
  readonly fieldManager: string;
  readonly force: boolean;
  /** Called where the object was not there before: the API server says that it made it (201). */
  readonly onCreated?: () => void;
}

export interface DeleteOptions extends CallOptions {
  readonly uid?: string;
  readonly resourceVersion?: string;
  /** Default Background. */
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
}

export interface WatchOptions extends ListOptions {
  readonly signal: AbortSignal;
  /** Told of each break; the watch goes on with a growing pause. */
  readonly onError?: (error: unknown) => void;
}

/** `listed` says all there is: first, and again whenever events may have been missed. */
export type WatchEvent =
  | { readonly type: 'listed'; readonly objects: readonly KubeObject[] }
  | { readonly type: 'changed' | 'deleted'; readonly object: KubeObject };
