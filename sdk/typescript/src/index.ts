export { host } from './host.js';
export type { ContextHost, HostBindings, HttpHost, LoggingHost, SecretsHost, StorageEntry, StorageHost } from './host.js';
export { HostError } from './host-error.js';
export type { HostErrorCode } from './host-error.js';
export { jsonResponse, readHeader, readJson, readText } from './http.js';
export type {
  ContextData,
  ExecuteRequest,
  ExecuteResponse,
  HttpHeader,
  HttpRequest,
  HttpResponse,
  ResponseInit,
} from './http.js';
export type {
  CreateScheduleInput,
  CreateScheduleResult,
  DeleteScheduleResult,
  EndpointInfo,
  ScheduleInfo,
  SchedulerHost,
  UpdateScheduleInput,
  UpdateScheduleResult,
} from './scheduler.js';
export type { Handler } from './component/serve.js';
