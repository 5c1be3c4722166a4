interface ScheduleInfo {
id: string;
endpointPath: string;
endpointMethod: string;
name?: string;
cron: string;
timezone: string;
enabled: boolean;
payload?: string; // JSON-encoded
lastRunAt?: string;
lastRunStatus?: string;
lastError?: string;
createdAt?: string;
}
interface EndpointInfo {
id: string;
method: string;
path: string;
handler: string;
schedulable: boolean;
}
interface CreateScheduleInput {
endpoint: string; // "METHOD /path" e.g., "POST /api/sync"
cron: string; // Standard 5-field cron expression
timezone?: string; // IANA timezone (default: "UTC")
enabled?: boolean; // Whether to activate immediately (default: true)
name?: string; // Human-readable name (max 128 chars)
payload?: string; // JSON-encoded payload for scheduled requests
}
interface CreateScheduleResult {
success: boolean;
scheduleId?: string;
error?: string;
fieldErrors?: string; // JSON-encoded map of field -> error
}
interface UpdateScheduleInput {
endpoint?: string;
cron?: string;
timezone?: string;
enabled?: boolean;
name?: string;
payload?: string; // JSON-encoded, use empty string to clear
}
interface UpdateScheduleResult {
success: boolean;
error?: string;
fieldErrors?: string;
}
interface DeleteScheduleResult {
success: boolean;
error?: string;
}
