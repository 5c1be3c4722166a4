/** The install's own schedules. Needs `cap:scheduler.manage`. */
export interface SchedulerHost {
  /** Every schedule of this install, oldest first. Throws a {@link HostError} with code `denied` without the capability. */
  list(): Promise<ScheduleInfo[]>;
  /** One schedule; null when this install has none of that id. */
  get(scheduleId: string): Promise<ScheduleInfo | null>;
  /** Creates a schedule. What is wrong with the input comes back in the result, all of it at once. */
  create(input: CreateScheduleInput): Promise<CreateScheduleResult>;
  /** Changes the given fields and leaves the others. */
  update(scheduleId: string, input: UpdateScheduleInput): Promise<UpdateScheduleResult>;
  /** Removes a schedule: nothing fires after the answer. */
  delete(scheduleId: string): Promise<DeleteScheduleResult>;
  /** Every endpoint of the installed version, with whether it can be scheduled. */
  getEndpoints(): Promise<EndpointInfo[]>;
}

/** A schedule. Times are ISO 8601 in UTC. */
export interface ScheduleInfo {
  id: string;
  endpointPath: string;
  endpointMethod: string;
  name?: string;
  cron: string;
  timezone: string;
  enabled: boolean;
  /** JSON text, byte for byte as it was given. */
  payload?: string;
  /** When the last run started. */
  lastRunAt?: string;
  lastRunStatus?: string;
  /** Absent after a success. */
  lastError?: string;
  createdAt?: string;
}

/** An endpoint that the manifest declares. */
export interface EndpointInfo {
  id: string;
  method: string;
  path: string;
  handler: string;
  /** GET or POST, without path parameters, and not ruled out by the manifest. */
  schedulable: boolean;
}

/** A schedule to be made. */
export interface CreateScheduleInput {
  /** `METHOD /path`, such as `POST /api/sync`. */
  endpoint: string;
  /** Five fields: minute, hour, day of month, month, day of week. Not closer than five minutes. */
  cron: string;
  /** An IANA name. Default: `UTC`. */
  timezone?: string;
  /** Whether it fires from now on. Default: true. */
  enabled?: boolean;
  /** For people; unique within the install; at most 128 characters. */
  name?: string;
  /** JSON text of an object or array, at most 100,000 bytes; a POST endpoint gets it as its body. */
  payload?: string;
}

/** What became of {@link SchedulerHost.create}. */
export interface CreateScheduleResult {
  success: boolean;
  /** Set on success. */
  scheduleId?: string;
  /** What is wrong, in one sentence. */
  error?: string;
  /** JSON text of a map from field to message. */
  fieldErrors?: string;
}

/** Changes to a schedule; an absent field stays as it is, and `""` clears `name` and `payload`. */
export interface UpdateScheduleInput {
  endpoint?: string;
  cron?: string;
  timezone?: string;
  enabled?: boolean;
  name?: string;
  payload?: string;
}

/** What became of {@link SchedulerHost.update}. */
export interface UpdateScheduleResult {
  success: boolean;
  error?: string;
  /** JSON text of a map from field to message. */
  fieldErrors?: string;
}

/** What became of {@link SchedulerHost.delete}. */
export interface DeleteScheduleResult {
  success: boolean;
  error?: string;
}
