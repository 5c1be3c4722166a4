import * as imports from '#host-imports';
import { bindHost } from './component/bind-host.js';
import type { ContextData, HttpRequest, HttpResponse } from './http.js';
import type { SchedulerHost } from './scheduler.js';

/** Who is calling. Needs `cap:context.read`. */
export interface ContextHost {
  get(): Promise<ContextData>;
}

/** Lines that the host keeps with the run. Needs `cap:log.emit`; without it they are dropped. */
export interface LoggingHost {
  info(message: string): Promise<void>;
  warn(message: string): Promise<void>;
  error(message: string): Promise<void>;
}

/** A stored value. */
export interface StorageEntry {
  namespace: string;
  key: string;
  value: Uint8Array;
  /** Set by the host. Given back with `put`, the write happens only if the entry still has it. */
  revision?: bigint;
}

/** Small values that outlive a request. Needs `cap:storage.kv`. Errors: `missing`, `conflict`, `denied`, `internal`. */
export interface StorageHost {
  get(namespace: string, key: string): Promise<StorageEntry>;
  /** Answers the entry with its new revision. */
  put(entry: StorageEntry): Promise<StorageEntry>;
  delete(namespace: string, key: string): Promise<void>;
  /** One page of entries, those after the key `cursor` if it is given. */
  list(namespace: string, cursor?: string): Promise<StorageEntry[]>;
}

/** The only way out to the network. Needs `cap:http.fetch`. Errors: `invalid-url`, `not-allowed`, `transport`, `internal`. */
export interface HttpHost {
  fetch(request: HttpRequest): Promise<HttpResponse>;
}

/** What an admin keeps for the install. Needs `cap:secrets.get`. Errors: `missing`, `denied`, `expired`, `internal`. */
export interface SecretsHost {
  get(key: string): Promise<string>;
  /** Names only. */
  listKeys(): Promise<string[]>;
}

/** Everything that the host does for an extension. Each call is bound to the one install that the request is for. */
export interface HostBindings {
  context: ContextHost;
  scheduler: SchedulerHost;
  logging: LoggingHost;
  storage: StorageHost;
  http: HttpHost;
  secrets: SecretsHost;
}

/**
 * The host, for code that has no handler's second argument at hand. Outside a component, as in a unit test, each
 * call throws; give your own {@link HostBindings} to the code under test instead.
 */
export const host: HostBindings = bindHost(imports);
