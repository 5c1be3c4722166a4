import createClient from 'openapi-fetch';
import { apiRoot } from '../app/places';
import { isAttended } from './attended';
import { keepKey, settleKey } from './once';
import { Refused, Unreachable } from './problem';
import type { paths } from './schema';
import { visibleJson } from './visible';

export { once } from './once';

// A preview is a POST that changes nothing.
const looksOnly = (method: string, path: string) => method === 'GET' || method === 'HEAD' || path.endsWith('/preview');

let signedOut = () => {};

/** Is called for each request that was not let in, whoever made it. */
export const onSignedOut = (act: () => void) => void (signedOut = act);

export const noteStatus = (status: number) => status === 401 && signedOut();

/** Tells the host's own page from others. */
export const ownPage = { 'x-escapement-console': '1' };

/** The server's API, typed by its OpenAPI document. Wrap a call in `answer` to have its body, or a `Refused`. */
export const api = createClient<paths>({ baseUrl: apiRoot.replace(/\/$/, ''), credentials: 'same-origin' });

api.use({
  async onRequest({ request }) {
    // With a cookie the server takes changes only with this header, which no foreign page can set without asking it.
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      Object.entries(ownPage).forEach(([name, value]) => request.headers.set(name, value));
    }
    // What a page that is left open asks by itself keeps nobody signed in.
    if (!isAttended(Date.now())) {
      request.headers.set('x-escapement-unattended', '1');
    }
    await keepKey(request);
    return request;
  },
  async onResponse({ request, response }) {
    await settleKey(request, response);
    noteStatus(response.status);
    const json = response.headers.get('content-type')?.includes('json') ? await response.clone().text() : '';
    const shown = visibleJson(json);
    return shown === json ? undefined : new Response(shown, response);
  },
  onError: ({ request, error }) =>
    error instanceof DOMException && error.name === 'AbortError' ? error : new Unreachable(error, !looksOnly(request.method, new URL(request.url).pathname)),
});

/** The body of an answer. Throws `Refused` with the problem details, or `Unreachable` when no answer came. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) {
    throw new Refused(response.status, error, response.headers.get('retry-after'));
  }
  return data as T;
}

/** The header that makes a change only of what was seen. */
export const ifMatch = (etag: string) => ({ 'If-Match': `"${etag}"` });
