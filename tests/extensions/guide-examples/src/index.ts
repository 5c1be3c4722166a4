import { jsonResponse, readJson, type CreateScheduleInput, type ExecuteRequest, type ExecuteResponse } from '@escapement/extension-runtime';
import { run as creating } from './examples/creating';
import { run as endpoints } from './examples/endpoints';
import { run as errorHandling } from './examples/error-handling';
import { run as listing } from './examples/listing';
import { run as selfConfiguration } from './examples/self-configuration';

const examples: Record<string, typeof listing> = {
  '/run/listing': listing,
  '/run/creating': creating,
  '/run/endpoints': endpoints,
  '/run/self-configuration': selfConfiguration,
  '/run/error-handling': errorHandling,
};

/** Runs one example and answers what it wrote to its console. The request's body, if any, is the example's `input`. */
export async function handler(request: ExecuteRequest): Promise<ExecuteResponse> {
  const path = request.http.url.split('?', 1)[0] ?? '';
  if (path === '/api/sync') {
    return jsonResponse({ synced: true });
  }

  const example = examples[path];
  if (example === undefined) {
    return jsonResponse({ error: `There is no example ${path}` }, { status: 404 });
  }

  const log: string[] = [];
  const errors: string[] = [];
  const capture = { log: (...data: unknown[]) => void log.push(data.join(' ')), error: (...data: unknown[]) => void errors.push(data.join(' ')) };
  await example(capture, (readJson(request) ?? {}) as CreateScheduleInput);
  return jsonResponse({ log, errors });
}
