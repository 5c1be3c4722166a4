import type { ExecuteRequest, ContextData, HttpResponse } from '../http.js';
import type { StorageEntry } from '../host.js';
import type { CreateScheduleResult, DeleteScheduleResult, ScheduleInfo, UpdateScheduleResult } from '../scheduler.js';

// What comes from the host, in the form that the types of this package promise. The engine's bindings give null for what is absent, which would
// show in JSON, and numbers for 64 bits.

/** Makes undefined of null in the fields that may be absent. */
function absent<T extends object>(value: T, fields: readonly (keyof T)[]): T {
  for (const field of fields) {
    value[field] ??= undefined as T[keyof T];
  }
  return value;
}

export const contextData = (value: ContextData): ContextData => absent(value, ['requestId', 'installId', 'versionId']);

export function executeRequest(value: ExecuteRequest): ExecuteRequest {
  contextData(value.context);
  absent(value.http, ['body']);
  return value;
}

export const httpResponse = (value: HttpResponse): HttpResponse => absent(value, ['body']);

export const scheduleInfo = (value: ScheduleInfo): ScheduleInfo =>
  absent(value, ['name', 'payload', 'lastRunAt', 'lastRunStatus', 'lastError', 'createdAt']);

export const createResult = (value: CreateScheduleResult): CreateScheduleResult => absent(value, ['scheduleId', 'error', 'fieldErrors']);
export const updateResult = (value: UpdateScheduleResult): UpdateScheduleResult => absent(value, ['error', 'fieldErrors']);
export const deleteResult = (value: DeleteScheduleResult): DeleteScheduleResult => absent(value, ['error']);

export function storageEntry(value: StorageEntry): StorageEntry {
  absent(value, ['revision']);
  if (value.revision !== undefined) {
    value.revision = BigInt(value.revision);
  }
  return value;
}
