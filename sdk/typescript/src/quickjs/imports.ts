import * as hostContext from 'alga:extension/context';
import * as hostHttp from 'alga:extension/http';
import * as hostLogging from 'alga:extension/logging';
import * as hostScheduler from 'alga:extension/scheduler';
import * as hostSecrets from 'alga:extension/secrets';
import * as hostStorage from 'alga:extension/storage';
import type { HostImports } from '../component/bind-host.js';
import * as lift from './lift.js';
import * as lower from './lower.js';

// The build command resolves `#host-imports` to this file for QuickJS: the same functions as in ../component/imports.ts, with the same types and errors.

const { optional, text } = lower;
const schedule = { timezone: optional(text), enabled: optional(lower.flag), name: optional(text), payload: optional(text) };
const created = lower.record({ endpoint: text, cron: text, ...schedule });
const updated = lower.record({ endpoint: optional(text), cron: optional(text), ...schedule });
const entry = lower.record({ namespace: text, key: text, value: lower.bytes, revision: optional(lower.count) });

// The bindings' own types say bigint.
type Entry = Parameters<typeof hostStorage.put>[0];

export const context: HostImports['context'] = {
  getContext: () => lift.contextData(hostContext.getContext()),
};

export const logging: HostImports['logging'] = {
  logInfo: (message) => hostLogging.logInfo(text(message)),
  logWarn: (message) => hostLogging.logWarn(text(message)),
  logError: (message) => hostLogging.logError(text(message)),
};

export const scheduler: HostImports['scheduler'] = {
  listSchedules: () => hostScheduler.listSchedules().map(lift.scheduleInfo),
  getSchedule: (id) => {
    const found = hostScheduler.getSchedule(text(id)) ?? undefined;
    return found && lift.scheduleInfo(found);
  },
  createSchedule: (input) => lift.createResult(hostScheduler.createSchedule(created(input))),
  updateSchedule: (id, input) => lift.updateResult(hostScheduler.updateSchedule(text(id), updated(input))),
  deleteSchedule: (id) => lift.deleteResult(hostScheduler.deleteSchedule(text(id))),
  getEndpoints: () => hostScheduler.getEndpoints(),
};

export const storage: HostImports['storage'] = {
  get: (namespace, key) => lift.storageEntry(hostStorage.get(text(namespace), text(key))),
  put: (value) => lift.storageEntry(hostStorage.put(entry(value) as unknown as Entry)),
  delete: (namespace, key) => hostStorage.delete(text(namespace), text(key)),
  listEntries: (namespace, cursor) => hostStorage.listEntries(text(namespace), optional(text)(cursor)).map(lift.storageEntry),
};

export const http: HostImports['http'] = {
  fetch: (request) => lift.httpResponse(hostHttp.fetch(lower.request(request))),
};

export const secrets: HostImports['secrets'] = {
  get: (key) => hostSecrets.get(text(key)),
  listKeys: () => hostSecrets.listKeys(),
};
