import { fill, plural } from '../words';

export const schedules = {
  title: 'Schedules',
  headline: (all: number, failing: number) =>
    failing === 0
      ? plural(all, { zero: 'No schedules yet', one: 'The one schedule is well', other: 'All {n} schedules are well' })
      : fill(plural(failing, { one: '{n} of {all} schedules fails', other: '{n} of {all} schedules fail' }), { all }),
  ofAll: 'of all tenants',
  of: (tenant: string) => fill('of {tenant}', { tenant }),
  search: 'A part of a name or of an endpoint',
  label: 'Schedules',
  columns: { name: 'Name', tenant: 'Tenant', extension: 'Extension', when: 'When', zone: 'Zone', next: 'Next', strip: 'Last 20', last: 'Last' },
  sort: { label: 'Sorted by', created: 'oldest first', next: 'next run', name: 'name', failures: 'most failures first' },
  filters: {
    failing: { label: 'Last run', true: 'failed', false: 'did not fail', chip: { true: 'failing', false: 'not failing' } as Record<string, string> },
    paused: {
      label: 'Paused',
      true: 'Paused by anything',
      false: 'Not paused',
      host: 'By the host',
      tenant: 'By the tenant',
      install: 'By the install',
      schedule: 'By itself',
      chip: {
        true: 'paused',
        false: 'not paused',
        host: 'paused by the host',
        tenant: 'paused by the tenant',
        install: 'paused by the install',
        schedule: 'paused by itself',
      } as Record<string, string>,
    },
    enabled: { label: 'Enabled', true: 'Enabled', false: 'Disabled', chip: { true: 'enabled', false: 'disabled' } as Record<string, string> },
    dueWithin: {
      label: 'Starts within',
      minutes: { 10: '10 minutes', 60: 'an hour', 1440: 'a day', 10080: 'a week' } as Record<string, string>,
      chip: (within: string) => fill('starts within {within}', { within }),
    },
    extension: { label: 'Extension', chip: (id: string) => fill('extension: {id}', { id }) },
    endpoint: { label: 'Endpoint', chip: (endpoint: string) => fill('endpoint: {endpoint}', { endpoint }) },
    minutes: (n: number) => plural(n, { one: '{n} minute', other: '{n} minutes' }),
  },
  next: { paused: 'paused', disabled: 'disabled', none: 'none', running: 'running' },
  empty: {
    none: 'There are no schedules yet',
    noneNext: 'Extensions make their own once they are installed. With the HTTP API an admin makes one so:',
    command:
      [
        'curl -H "Authorization: Bearer $TOKEN" -H "content-type: application/json" \\',
        '  $URL/api/v1/tenants/$TENANT/installs/$INSTALL/schedules \\',
        '  -d \'{"endpoint":"POST /api/sync","cron":"0 9 * * 1-5","timezone":"Europe/Berlin"}\'',
      ].join('\n'),
    found: 'No schedule is so',
    foundNext: 'Take a filter away, or search for less of the name.',
    clear: 'Show all schedules',
  },
  bulk: {
    selected: (n: number) => plural(n, { one: '{n} selected', other: '{n} selected' }),
    matching: 'All that match are selected',
    selectMatching: 'Select all that match',
    clear: 'Select none',
    oneTenant: 'Choose one tenant to change many schedules at once.',
    actions: { pause: 'Pause…', resume: 'Resume…', enable: 'Enable…', disable: 'Disable…', delete: 'Delete…' },
    titles: {
      pause: 'Pause schedules',
      resume: 'Resume schedules',
      enable: 'Enable schedules',
      disable: 'Disable schedules',
      delete: 'Delete schedules',
    },
    commit: {
      pause: (n: number) => plural(n, { one: 'Pause {n} schedule', other: 'Pause {n} schedules' }),
      resume: (n: number) => plural(n, { one: 'Resume {n} schedule', other: 'Resume {n} schedules' }),
      enable: (n: number) => plural(n, { one: 'Enable {n} schedule', other: 'Enable {n} schedules' }),
      disable: (n: number) => plural(n, { one: 'Disable {n} schedule', other: 'Disable {n} schedules' }),
      delete: (n: number) => plural(n, { one: 'Delete {n} schedule', other: 'Delete {n} schedules' }),
    },
    done: {
      pause: (n: number) => plural(n, { one: 'Pausing {n} schedule.', other: 'Pausing {n} schedules.' }),
      resume: (n: number) => plural(n, { one: 'Resuming {n} schedule.', other: 'Resuming {n} schedules.' }),
      enable: (n: number) => plural(n, { one: 'Enabling {n} schedule.', other: 'Enabling {n} schedules.' }),
      disable: (n: number) => plural(n, { one: 'Disabling {n} schedule.', other: 'Disabling {n} schedules.' }),
      delete: (n: number) => plural(n, { one: 'Deleting {n} schedule.', other: 'Deleting {n} schedules.' }),
    },
    note: 'Why',
    noteHint: 'Stands in the audit, and at each schedule for as long as it is paused.',
    finds: (found: number, changes: number) =>
      fill(
        plural(changes, {
          zero: '{found} selected; none of them would change.',
          one: '{found} selected; {n} of them would change.',
          other: '{found} selected; {n} of them would change.',
        }),
        { found },
      ),
    leftOut: (n: number) => plural(n, { one: '{n} is left out:', other: '{n} are left out:' }),
    more: (n: number) => plural(n, { one: 'and {n} more', other: 'and {n} more' }),
    why: {
      changed: 'changed meanwhile',
      gone: 'gone meanwhile',
      'already-so': 'is so already',
      'operators-pause': 'paused by an operator',
      refused: 'refused',
    } as Record<string, string>,
    progress: (done: number, total: number) => fill('{done} of {total} done', { done, total }),
    resumeNote: 'What came due meanwhile runs, or not, as each pause says.',
    deleteNote: 'What is deleted can be restored for seven days, with its id.',
  },
};
