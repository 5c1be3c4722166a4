import { logging } from '#host-imports';
import { host, type HostBindings } from '../host.js';
import { jsonResponse, readHeader, type ExecuteRequest, type ExecuteResponse } from '../http.js';
import { describeError, routeConsole } from './route-console.js';

/** What an extension exports as `handler`. */
export type Handler = (request: ExecuteRequest, host: HostBindings) => ExecuteResponse | Promise<ExecuteResponse>;

/**
 * Makes the component's export of an extension's handler; the build command wraps every handler in it. An error that
 * the handler lets through is logged and answered with status 500, so that the run says what failed instead of trapping.
 */
export function serve(handler: Handler): (request: ExecuteRequest) => Promise<ExecuteResponse> {
  return async (request) => {
    // Not sooner: while the build snapshots the component there is no host to log to.
    routeConsole(console, { info: logging.logInfo, warn: logging.logWarn, error: logging.logError });
    try {
      return checked(await handler(request, host));
    } catch (thrown) {
      const answer = failed(request, thrown);
      if (isOutOfMemory(thrown)) {
        // The host understands a crash by the line just logged; an answer would hide that memory was the matter.
        throw thrown;
      }
      return answer;
    }
  };
}

/** Logs an error that a handler let through, and answers for it. */
export function failed(request: ExecuteRequest, thrown: unknown): ExecuteResponse {
  console.error(describeError(thrown));
  return jsonResponse({ error: failure(request, thrown) }, { status: 500 });
}

// Both engines say it in these words.
function isOutOfMemory(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'InternalError' && thrown.message === 'out of memory';
}

// A run's answer goes to its ledger, for those who look after the schedule; any other goes to a caller whom our errors do not concern.
function failure(request: ExecuteRequest, thrown: unknown): string {
  return readHeader(request, 'x-scheduler-trigger') === undefined
    ? 'The extension failed; its log says why.'
    : `The extension failed: ${thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)}`;
}

function checked(response: ExecuteResponse | undefined): ExecuteResponse {
  const status = response?.status;
  if (response === undefined || !Number.isInteger(status) || response.status < 100 || response.status > 599) {
    throw new TypeError(`handler must return a response with a status from 100 to 599, not ${JSON.stringify(response) ?? 'undefined'}`);
  }
  if (response.body !== undefined && !(response.body instanceof Uint8Array)) {
    throw new TypeError('handler must return its body as a Uint8Array; jsonResponse makes one');
  }
  const headers: unknown = response.headers ?? [];
  if (!Array.isArray(headers) || !headers.every((header) => typeof header?.name === 'string' && typeof header.value === 'string')) {
    throw new TypeError('handler must return its headers as a list of { name, value }, both text');
  }
  return { status: response.status, headers, body: response.body };
}
