import { fill, plural } from '../words';

export const parts = {
  outcomes: {
    succeeded: 'succeeded',
    failed: 'failed',
    running: 'running',
    queued: 'queued',
    skipped: 'skipped',
    missed: 'missed',
    abandoned: 'abandoned',
    paused: 'paused',
    disabled: 'disabled',
    never: 'never ran',
  } as Record<string, string>,
  reasons: {
    'error-status': 'the extension answered with an error',
    trap: 'the extension crashed',
    'time-out': 'no answer in time',
    'out-of-memory': 'out of memory',
    'worker-lost': 'its process was lost',
    'response-too-large': 'its answer was too large',
    'too-many-host-calls': 'too many calls of the host',
    'component-unavailable': 'its code could not be loaded',
    'host-error': 'a fault of the host',
    compiling: 'its code is being compiled',
    'sandbox-unavailable': 'no process to run it in',
    overlap: 'the run before was open',
    paused: 'paused',
    'skipped-by-admin': 'skipped by an admin',
    superseded: 'a later one took its place',
    'outside-catch-up-window': 'too old to be caught up',
    'not-caught-up': 'not to be caught up',
    'node-lost': 'its node was lost',
    'store-lost': 'its node lost the database',
    'install-disabled': 'the install was disabled',
    'install-removed': 'the install was removed',
    'schedule-disabled': 'the schedule was disabled',
    'schedule-deleted': 'the schedule was deleted',
    'schedule-changed': 'its times were changed',
    'payload-gone': 'its payload is kept no more',
    'endpoint-gone': 'the version has no such endpoint',
    'schedule-unplannable': 'its times cannot be read',
    'node-stopped': 'its node was stopped',
  } as Record<string, string>,
  why: 'Why',
  triggers: { schedule: 'on schedule', 'run-now': 'run now', 'catch-up': 'caught up', rerun: 'run again', backfill: 'backfill' } as Record<
    string,
    string
  >,
  stripEmpty: 'no runs yet',
  strip: (of: number, said: string) => fill(plural(of, { one: 'The last run: {said}', other: 'The last {n} runs: {said}' }), { said }),
  stripPart: (n: number, outcome: string) => fill('{n} {outcome}', { n, outcome }),
  table: {
    loaded: (n: number, more: boolean) =>
      more
        ? plural(n, { one: '{n} so far; more as you scroll', other: '{n} so far; more as you scroll' })
        : plural(n, { one: '{n} in all', other: '{n} in all' }),
    loading: 'Loading more…',
    stopped: {
      failed: { text: 'The rest could not be read.', act: 'Try again' },
      short: { text: 'Little was found in what was looked at so far.', act: 'Look further' },
    },
    sortBy: (column: string) => fill('Sort by {column}', { column }),
    select: (name: string) => fill('Select {name}', { name }),
    selectAll: 'Select all that are shown',
    resize: (column: string) => fill('Width of {column}', { column }),
    keys: 'j k move · Enter opens',
    keysSelect: 'j k move · x selects · Enter opens',
  },
  filter: {
    add: 'Filter',
    remove: (label: string) => fill('Remove the filter {label}', { label }),
    clear: 'Remove all filters',
  },
  field: {
    room: (n: number, most: number) =>
      n < most ? fill('{n} of {most} characters.', { n, most }) : fill('{most} characters, which is the most: what goes beyond is left out.', { most }),
  },
  search: { clear: 'Empty the search' },
  dialog: {
    close: 'Close',
    cancel: 'Cancel',
    typed: 'What you typed would be lost.',
    goOn: 'Go on typing',
    leave: 'Throw it away',
  },
  preview: { again: 'Look again' },
  toCome: {
    runs: (n: number) =>
      plural(n, {
        zero: 'As things stand nothing of it would run in the next seven days.',
        one: 'Of the next seven days {n} run will not happen.',
        other: 'Of the next seven days {n} runs will not happen.',
      }),
    next: 'The next was to be:',
    underWay: (n: number, more: boolean) =>
      more
        ? plural(n, { one: 'More than {n} run is under way and finishes.', other: 'More than {n} runs are under way and finish.' })
        : plural(n, { one: '{n} run is under way and finishes.', other: '{n} runs are under way and finish.' }),
  },
  toast: { undo: 'Undo', undone: 'Taken back.', dismiss: 'Dismiss', region: 'Messages' },
  loading: 'Loading',
  corner: 'Time',
  time: {
    never: 'never',
    now: 'now',
    utc: (time: string) => fill('{time} UTC', { time }),
    inZone: (zone: string) => fill('Times are in {zone}.', { zone }),
    unknownZone: (zone: string) => fill('{zone} is not known to this browser: times are in UTC.', { zone }),
  },
  pause: {
    by: (who: string) => fill('by {who}', { who }),
    until: (when: string) => fill('until {when}', { when }),
    names: { host: 'The host', tenant: 'The tenant', install: 'Install', schedule: 'Schedule' } as Record<string, string>,
    named: (layer: string, name: string) => fill('{layer} · {name}', { layer, name }),
    quote: (note: string, by: string) => fill('“{note}”, by {by}', { note, by }),
    since: '{what} since {at}',
    untilWhen: '{what} until {at}',
    then: 'Paused then',
    layers: { host: 'the host', tenant: 'the tenant', install: 'the install', schedule: 'the schedule' } as Record<string, string>,
  },
};
