import {
  HostError,
  jsonResponse,
  readHeader,
  readJson,
  type ExecuteRequest,
  type ExecuteResponse,
  type HostBindings,
} from '@escapement/extension-runtime';
import { setup } from './setup';

export async function handler(request: ExecuteRequest, host: HostBindings): Promise<ExecuteResponse> {
  try {
    return await route(request, host);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await host.logging.error(message);
    const refused = error instanceof HostError && error.code === 'denied';
    return jsonResponse({ error: message }, { status: refused ? 403 : 500 });
  }
}

async function route(request: ExecuteRequest, host: HostBindings): Promise<ExecuteResponse> {
  const { method, url } = request.http;
  const path = url.split('?', 1)[0] ?? '/';
  const scheduleId = /^\/api\/schedules\/([^/]+)$/.exec(path)?.[1];

  switch (scheduleId === undefined ? `${method} ${path}` : `${method} /api/schedules/:id`) {
    case 'GET /api/status':
      return status(request, host);
    case 'POST /api/setup':
      return configure(host);
    case 'GET /api/schedules':
      return jsonResponse({ schedules: await host.scheduler.list() });
    case 'DELETE /api/schedules/:id':
      return remove(scheduleId ?? '', host);
    case 'POST /api/heartbeat':
      return heartbeat(request, host);
    default:
      return jsonResponse({ error: `There is no ${method} ${path}` }, { status: 404 });
  }
}

async function status(request: ExecuteRequest, host: HostBindings): Promise<ExecuteResponse> {
  const { tenantId, extensionId } = await host.context.get();
  await host.logging.info(`Status check${cause(request)}: all is well`);
  return jsonResponse({ status: 'ok', tenantId, extensionId });
}

async function configure(host: HostBindings): Promise<ExecuteResponse> {
  const report = await setup(host);
  const failed = report.schedules.some(({ outcome }) => outcome === 'failed');
  return jsonResponse(report, { status: failed ? 500 : 200 });
}

async function remove(scheduleId: string, host: HostBindings): Promise<ExecuteResponse> {
  const result = await host.scheduler.delete(scheduleId);
  if (result.success) {
    return jsonResponse({ deleted: scheduleId });
  }
  const status = result.error === 'Schedule not found' ? 404 : result.error?.startsWith('Permission denied') ? 403 : 500;
  return jsonResponse({ error: result.error }, { status });
}

async function heartbeat(request: ExecuteRequest, host: HostBindings): Promise<ExecuteResponse> {
  await host.logging.info(`Heartbeat${cause(request)}`);
  return jsonResponse({ beat: true, received: readJson(request) ?? null });
}

/** Scheduled runs say which occurrence they are; other requests have no such headers. */
function cause(request: ExecuteRequest): string {
  const due = readHeader(request, 'x-scheduler-due-at');
  return due ? ` due ${due}, attempt ${readHeader(request, 'x-scheduler-attempt')}` : '';
}
