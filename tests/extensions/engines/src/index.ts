import { jsonResponse, type ExecuteRequest, type ExecuteResponse, type HostBindings } from '@escapement/extension-runtime';
import * as globals from './globals';
import * as hosting from './hosting';
import * as language from './language';
import * as promises from './promises';
import * as endings from './endings';

type Attempt = (request: ExecuteRequest, host: HostBindings) => unknown;
const attempts: Record<string, Attempt> = { ...globals, ...hosting, ...language, ...promises, ...endings };

/** Does what the path names and answers what came of it; an answer that is a response already goes as it is. */
export async function handler(request: ExecuteRequest, host: HostBindings): Promise<ExecuteResponse> {
  const name = request.http.url.split('/').pop() ?? '';
  const attempt = attempts[name];
  if (attempt === undefined) {
    return jsonResponse({ error: `There is nothing called ${name}` }, { status: 404 });
  }
  const result = await attempt(request, host);
  const isResponse = typeof result === 'object' && result !== null && 'status' in result && 'headers' in result;
  return isResponse ? (result as ExecuteResponse) : jsonResponse(result ?? null);
}
