/** One header line. The host writes names in lower case. */
export interface HttpHeader {
  name: string;
  value: string;
}

/** A request. In the handler `url` is path and query; in `host.http.fetch` it is absolute. */
export interface HttpRequest {
  method: string;
  url: string;
  headers: HttpHeader[];
  body?: Uint8Array;
}

/** A response. */
export interface HttpResponse {
  status: number;
  headers: HttpHeader[];
  body?: Uint8Array;
}

/** On whose behalf a request runs. */
export interface ContextData {
  /** Names this attempt; also the header `x-request-id`. */
  requestId?: string;
  tenantId: string;
  /** The extension's name, as in its manifest. */
  extensionId: string;
  installId?: string;
  versionId?: string;
}

/** What a handler gets. */
export interface ExecuteRequest {
  context: ContextData;
  http: HttpRequest;
}

/** What a handler answers. A scheduled run counts as a success when the status is below 400. */
export type ExecuteResponse = HttpResponse;

/** Status and headers of a response; status 200 and no further headers by default. */
export interface ResponseInit {
  status?: number;
  headers?: HttpHeader[];
}

/** A JSON response. `undefined` makes one without a body. */
export function jsonResponse(data: unknown, init: ResponseInit = {}): ExecuteResponse {
  const status = init.status ?? 200;
  const headers = init.headers ?? [];
  if (data === undefined) {
    return { status, headers };
  }

  const typed = headers.some((header) => header.name.toLowerCase() === 'content-type');
  return {
    status,
    headers: typed ? headers : [{ name: 'content-type', value: 'application/json' }, ...headers],
    body: new TextEncoder().encode(JSON.stringify(data)),
  };
}

/** The body of a handler's request, or of a response from `host.http.fetch`, as text; `""` when there is none. */
export function readText(message: ExecuteRequest | HttpRequest | HttpResponse): string {
  const { body } = 'http' in message ? message.http : message;
  return body === undefined ? '' : new TextDecoder().decode(body);
}

/** The body as JSON; undefined when there is none. Throws a `SyntaxError` when it is not JSON. */
export function readJson(message: ExecuteRequest | HttpRequest | HttpResponse): unknown {
  const text = readText(message);
  return text === '' ? undefined : JSON.parse(text);
}

/** A header's value, whatever the case of its name; undefined when there is none. */
export function readHeader(message: ExecuteRequest | HttpRequest | HttpResponse, name: string): string | undefined {
  const { headers } = 'http' in message ? message.http : message;
  const wanted = name.toLowerCase();
  return headers.find((header) => header.name.toLowerCase() === wanted)?.value;
}
