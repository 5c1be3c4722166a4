import { HostError, isHostErrorCode } from '../host-error.js';
import type { HostBindings } from '../host.js';
import type * as Imports from './imports.js';
import { askWithInput } from './schedule-input.js';

/** The functions that the WIT world imports, in the shape that componentize-js gives them. */
export type HostImports = typeof Imports;

/**
 * Makes the promise-returning `host` of the synchronous imports. An import whose WIT result is an error throws an
 * object with the enum's word in `payload`; callers get a {@link HostError} instead.
 */
export function bindHost({ context, logging, scheduler, storage, http, secrets }: HostImports): HostBindings {
  const scheduling = caller('scheduler', 'cap:scheduler.manage');
  const storing = caller('storage', 'cap:storage.kv');
  const fetching = caller('http', 'cap:http.fetch');
  const unlocking = caller('secrets', 'cap:secrets.get');
  const reading = caller('context', 'cap:context.read');
  const writing = caller('logging', 'cap:log.emit');

  return {
    context: {
      get: () => reading('get', () => context.getContext()),
    },
    scheduler: {
      list: () => scheduling('list', () => scheduler.listSchedules()),
      get: (scheduleId) => scheduling('get', () => scheduler.getSchedule(String(scheduleId)) ?? null),
      create: (input) => scheduling('create', () => askWithInput(input, (fields) =>
        scheduler.createSchedule({ ...fields, endpoint: fields.endpoint ?? '', cron: fields.cron ?? '' }))),
      update: (scheduleId, input) => scheduling('update', () => askWithInput(input, (fields) => scheduler.updateSchedule(String(scheduleId), fields))),
      delete: (scheduleId) => scheduling('delete', () => scheduler.deleteSchedule(String(scheduleId))),
      getEndpoints: () => scheduling('getEndpoints', () => scheduler.getEndpoints()),
    },
    logging: {
      info: (message) => writing('info', () => logging.logInfo(message)),
      warn: (message) => writing('warn', () => logging.logWarn(message)),
      error: (message) => writing('error', () => logging.logError(message)),
    },
    storage: {
      get: (namespace, key) => storing('get', () => storage.get(namespace, key)),
      put: (entry) => storing('put', () => storage.put(entry)),
      delete: (namespace, key) => storing('delete', () => storage.delete(namespace, key)),
      list: (namespace, cursor) => storing('list', () => storage.listEntries(namespace, cursor)),
    },
    http: {
      fetch: (request) => fetching('fetch', () => http.fetch(request)),
    },
    secrets: {
      get: (key) => unlocking('get', () => secrets.get(key)),
      listKeys: () => unlocking('listKeys', () => secrets.listKeys()),
    },
  };
}

function caller(area: string, capability: string) {
  // Async, so that a failing import rejects the promise instead of throwing at the call.
  return async <T>(operation: string, call: () => T): Promise<T> => {
    try {
      return call();
    } catch (thrown) {
      const payload = (thrown as { payload?: unknown } | null)?.payload;
      throw isHostErrorCode(payload) ? new HostError(`${area}.${operation}`, payload, capability) : thrown;
    }
  };
}
