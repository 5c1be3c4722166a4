import { fill, plural } from '../words';

export const parts = {
  outcomes: {
    succeeded: 'succeeded', failed: 'failed', running: 'running', queued: 'queued', skipped: 'skipped', missed: 'missed', abandoned: 'abandoned',
    paused: 'paused', disabled: 'disabled', never: 'never ran',
  } as Record<string, string>,
  reasons: {
    'error-status': 'the extension answered with an error', trap: 'the extension crashed', 'time-out': 'no answer in time', 'out-of-memory': 'out of memory',
    'worker-lost': 'its process was lost', 'response-too-large': 'its answer was too large', 'too-many-host-calls': 'too many calls of the host',
    'component-unavailable': 'its code could not be loaded', 'host-error': 'a fault of the host', compiling: 'its code is being compiled',
    'sandbox-unavailable': 'no process to run it in', overlap: 'the run before was open', paused: 'paused', 'skipped-by-admin': 'skipped by an admin',
    superseded: 'a later one took its place', 'outside-catch-up-window': 'too old to be caught up', 'not-caught-up': 'not to be caught up',
    'node-lost': 'its node was lost', 'store-lost': 'its node lost the database', 'install-disabled': 'the install was disabled',
    'install-removed': 'the install was removed', 'schedule-disabled': 'the schedule was disabled', 'schedule-deleted': 'the schedule was deleted',
    'schedule-changed': 'its times were changed', 'payload-gone': 'its payload is kept no more', 'endpoint-gone': 'the version has no such endpoint',
    'schedule-unplannable': 'its times cannot be read', 'node-stopped': 'its node was stopped',
  } as Record<string, string>,
  triggers: { schedule: 'on time', 'run-now': 'run now', 'catch-up': 'caught up', rerun: 'run again', backfill: 'backfill' } as Record<string, string>,
  stripEmpty: 'no runs yet',
  strip: (ok: number, of: number) => fill('The last {of} runs, of which {ok} succeeded', { ok, of }),
  table: {
    loaded: (n: number, more: boolean) => (more ? plural(n, { one: '{n} so far; more as you scroll', other: '{n} so far; more as you scroll' }) : plural(n, { one: '{n} in all', other: '{n} in all' })),
    loading: 'Loading more…',
    sortBy: (column: string) => fill('Sort by {column}', { column }),
    select: (name: string) => fill('Select {name}', { name }),
    selectAll: 'Select all that are shown',
    resize: (column: string) => fill('Width of {column}', { column }),
    keys: 'j k move · Enter opens',
    keysSelect: 'j k move · x selects · Enter opens',
  },
  filter: {
    add: 'Filter', remove: (label: string) => fill('Remove the filter {label}', { label }), clear: 'Remove all filters',
  },
  search: { clear: 'Empty the search' },
  dialog: { close: 'Close', cancel: 'Cancel' },
  preview: { looking: 'Looking at what it would do…', expired: 'This preview is 15 minutes old.', again: 'Look again' },
  toast: { undo: 'Undo', undone: 'Taken back.', dismiss: 'Dismiss', region: 'Messages' },
  copy: { do: 'Copy', done: 'Copied' },
  loading: 'Loading',
  time: {
    never: 'never', now: 'now', utc: (time: string) => fill('{time} UTC', { time }), unknownZone: (zone: string) => fill('{zone} is not known to this browser; times are in UTC', { zone }),
  },
  pause: {
    by: (who: string) => fill('by {who}', { who }),
    until: (when: string) => fill('until {when}', { when }),
    layers: { host: 'the host', tenant: 'the tenant', install: 'the install', schedule: 'the schedule' } as Record<string, string>,
  },
};
