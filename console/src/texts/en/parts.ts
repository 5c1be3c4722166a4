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
  retry: {
    failed: (n: number, why: string) => fill(plural(n, { one: 'failed once: {why}', other: 'failed {n} times: {why}' }), { why }),
    again: '{failed}, tries again {at} ({attempt})',
    soon: '{failed}, tries again as soon as a node takes it ({attempt})',
    attempt: (next: number, most: number | undefined) =>
      most !== undefined && most >= next ? fill('attempt {next} of {most}', { next, most }) : fill('attempt {next}', { next }),
    waits: (n: number) => plural(n, { one: 'failed once, waits to be tried again', other: 'failed {n} times, waits to be tried again' }),
  },
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
    next: 'The next was to be: {at}.',
    underWay: (n: number, more: boolean) =>
      more
        ? plural(n, { one: 'More than {n} run is under way and finishes.', other: 'More than {n} runs are under way and finish.' })
        : plural(n, { one: '{n} run is under way and finishes.', other: '{n} runs are under way and finish.' }),
  },
  starts: {
    idle: 'No node takes work: it waits until one does.',
    late: 'What is due waits at the moment, and so may this.',
    paused: 'The tenant is paused: it runs nothing until somebody resumes it.',
    done: 'It starts as soon as a slot is free.',
    waits: 'It waits until a node takes work.',
  },
  removed: {
    title: '{name} was removed by {by} {at}.',
    until: 'It can be restored as it was; that ends {at}. What came due meanwhile does not run.',
    restore: 'Restore it',
    done: (name: string) => fill('{name} is back.', { name }),
  },
  toast: { undo: 'Undo', undone: 'Taken back.', dismiss: 'Dismiss', region: 'Messages' },
  copy: { done: 'Copied', failed: 'It could not be copied' },
  loading: 'Loading',
  corner: 'Time',
  time: {
    never: 'never',
    now: 'now',
    utc: (time: string) => fill('{time} UTC', { time }),
    inZone: (zone: string) => fill('Times are in {zone}.', { zone }),
    onOwnClocks: (zone: string) => fill('Times are on this browser’s clocks, {zone}.', { zone }),
    unknownZone: (zone: string) => fill('{zone} is not known to this browser: times are in UTC.', { zone }),
    notTaken: 'Give a year from 1970 to 8999.',
    clocks: {
      leftOut: (typed: string, shown: string) => fill('The clocks leave {typed} out on that day: it is read as {shown}, when they go on.', { typed, shown }),
      first: (typed: string) => fill('The clocks show {typed} twice on that day: this is the first time.', { typed }),
      second: (typed: string) => fill('The clocks show {typed} twice on that day: this is the second time.', { typed }),
      takeFirst: 'Take the first time',
      takeSecond: 'Take the second time',
    },
  },
  pause: {
    by: (who: string) => fill('by {who}', { who }),
    names: { host: 'The host', tenant: 'The tenant', install: 'Install', schedule: 'Schedule' } as Record<string, string>,
    named: (layer: string, name: string) => fill('{layer} · {name}', { layer, name }),
    quote: (note: string, by: string) => fill('“{note}”, by {by}', { note, by }),
    since: '{what} since {at}',
    untilWhen: '{what} until {at}',
    then: 'Paused then',
    layers: { host: 'the host', tenant: 'the tenant', install: 'the install', schedule: 'the schedule' } as Record<string, string>,
    holders: { host: 'the host’s pause', tenant: 'the tenant’s pause', install: 'the install’s pause', schedule: 'its own pause' } as Record<
      string,
      string
    >,
    notice: (layer: string, note: string, by: string) => fill('Paused by {layer}: “{note}”, {by}', { layer, note, by }),
    sinceOnly: 'since {at}',
    sinceUntil: 'since {at}, until {until}',
    onEnd: {
      next: 'What comes due meanwhile does not run: it goes on with the next.',
      latest: 'Of what comes due meanwhile the latest runs when it ends.',
      all: 'What comes due meanwhile runs when it ends, the oldest first.',
    } as Record<string, string>,
    resume: { host: 'Resume the host…', tenant: 'Resume the tenant…', install: 'Resume the install…' },
    operators: 'An operator paused it: operators alone end that.',
  },
};
