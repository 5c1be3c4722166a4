import type { CreateScheduleInput, HostBindings } from '@escapement/extension-runtime';

/** What the extension wants to have; told apart by name. */
const wanted: (CreateScheduleInput & { name: string })[] = [
  {
    name: 'Heartbeat',
    endpoint: 'POST /api/heartbeat',
    cron: '*/5 * * * *',
    payload: JSON.stringify({ source: 'scheduler-demo' }),
  },
  {
    name: 'Daily status check',
    endpoint: 'GET /api/status',
    cron: '0 9 * * *',
    timezone: 'America/New_York',
  },
];

export interface SetupReport {
  /** Endpoints that could be scheduled. */
  schedulable: string[];
  schedules: {
    name: string;
    outcome: 'created' | 'exists' | 'failed';
    scheduleId?: string;
    error?: string;
    fieldErrors?: Record<string, string>;
  }[];
}

/** Creates the wanted schedules that are not there yet. Calling it again changes nothing. */
export async function setup(host: HostBindings): Promise<SetupReport> {
  const endpoints = await host.scheduler.getEndpoints();
  const schedulable = endpoints.filter((endpoint) => endpoint.schedulable).map(({ method, path }) => `${method} ${path}`);

  const existing = await host.scheduler.list();
  const schedules: SetupReport['schedules'] = [];
  for (const input of wanted) {
    const found = existing.find((schedule) => schedule.name === input.name);
    schedules.push(found ? { name: input.name, outcome: 'exists', scheduleId: found.id } : await create(host, input));
  }
  return { schedulable, schedules };
}

async function create(host: HostBindings, input: CreateScheduleInput & { name: string }): Promise<SetupReport['schedules'][number]> {
  const { name } = input;
  const result = await host.scheduler.create(input);
  if (result.success) {
    await host.logging.info(`Created the schedule ${name}: ${input.cron} ${input.timezone ?? 'UTC'}`);
    return { name, outcome: 'created', scheduleId: result.scheduleId };
  }

  await host.logging.error(`Could not create the schedule ${name}: ${result.error}`);
  const fieldErrors = result.fieldErrors ? (JSON.parse(result.fieldErrors) as Record<string, string>) : undefined;
  return { name, outcome: 'failed', error: result.error, fieldErrors };
}
