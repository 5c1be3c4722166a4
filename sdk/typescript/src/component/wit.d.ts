// The modules that componentize-js offers for the imports of world `runner`: names in camelCase, an absent option as
// undefined, an error of a result<> thrown. User and ui-proxy are not bound yet.

declare module 'alga:extension/context' {
  export function getContext(): import('../http.js').ContextData;
}

declare module 'alga:extension/logging' {
  export function logInfo(message: string): void;
  export function logWarn(message: string): void;
  export function logError(message: string): void;
}

declare module 'alga:extension/scheduler' {
  export function listSchedules(): import('../scheduler.js').ScheduleInfo[];
  export function getSchedule(scheduleId: string): import('../scheduler.js').ScheduleInfo | undefined;
  export function createSchedule(input: import('../scheduler.js').CreateScheduleInput): import('../scheduler.js').CreateScheduleResult;
  export function updateSchedule(
    scheduleId: string,
    input: import('../scheduler.js').UpdateScheduleInput,
  ): import('../scheduler.js').UpdateScheduleResult;
  export function deleteSchedule(scheduleId: string): import('../scheduler.js').DeleteScheduleResult;
  export function getEndpoints(): import('../scheduler.js').EndpointInfo[];
}

declare module 'alga:extension/storage' {
  export function get(namespace: string, key: string): import('../host.js').StorageEntry;
  export function put(entry: import('../host.js').StorageEntry): import('../host.js').StorageEntry;
  function remove(namespace: string, key: string): void;
  export { remove as delete };
  export function listEntries(namespace: string, cursor: string | undefined): import('../host.js').StorageEntry[];
}

declare module 'alga:extension/http' {
  export function fetch(request: import('../http.js').HttpRequest): import('../http.js').HttpResponse;
}

declare module 'alga:extension/secrets' {
  export function get(key: string): string;
  export function listKeys(): string[];
}
