import createClient from 'openapi-fetch';
import { apiRoot } from '../app/places';
import { Refused, Unreachable } from './problem';
import type { paths } from './schema';

/** The server's API, typed by its OpenAPI document. Wrap a call in `answer` to have its body, or a `Refused`. */
export const api = createClient<paths>({ baseUrl: apiRoot.replace(/\/$/, ''), credentials: 'same-origin' });

api.use({
  onRequest({ request }) {
    // With a cookie the server takes changes only with this header, which no foreign page can set without asking it.
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      request.headers.set('x-escapement-console', '1');
    }
    return request;
  },
  onError: ({ error }) => (error instanceof DOMException && error.name === 'AbortError' ? error : new Unreachable(error)),
});

/** The body of an answer. Throws `Refused` with the problem details, or `Unreachable` when no answer came. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) {
    throw new Refused(response.status, error, response.headers.get('retry-after'));
  }
  return data as T;
}

/** The header by which a request that is sent again makes nothing twice. One for each thing that somebody means to do. */
export function once(): { 'Idempotency-Key': string } {
  // randomUUID is missing on plain HTTP from elsewhere; these random bits are there everywhere.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return { 'Idempotency-Key': Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') };
}

/** The header that makes a change only of what was seen. */
export const ifMatch = (etag: string) => ({ 'If-Match': `"${etag}"` });
