import { fill, plural } from '../words';

export const schedules = {
  title: 'Schedules',
  headline: (all: number, failing: number, pausedThemselves: number) =>
    failing === 0 && pausedThemselves === 0
      ? plural(all, { zero: 'No schedules yet', one: 'The one schedule is well', other: 'All {n} schedules are well' })
      : failing === 0
        ? fill(plural(pausedThemselves, { one: '{n} of {all} schedules paused itself', other: '{n} of {all} schedules paused themselves' }), { all })
        : pausedThemselves === 0
          ? fill(plural(failing, { one: '{n} of {all} schedules fails', other: '{n} of {all} schedules fail' }), { all })
          : fill(
              plural(failing, {
                one: plural(pausedThemselves, {
                  one: '{failing} of {all} schedules fails, {n} paused itself',
                  other: '{failing} of {all} schedules fails, {n} paused themselves',
                }),
                other: plural(pausedThemselves, {
                  one: '{failing} of {all} schedules fail, {n} paused itself',
                  other: '{failing} of {all} schedules fail, {n} paused themselves',
                }),
              }),
              { all, failing },
            ),
  held: (all: number) => plural(all, { zero: 'No schedules yet', one: 'The one schedule is paused', other: 'All {n} schedules are paused' }),
  failing: (n: number) => plural(n, { one: '{n} fails', other: '{n} fail' }),
  pausedThemselves: (n: number) => plural(n, { one: '{n} paused itself', other: '{n} paused themselves' }),
  ofAll: 'of all tenants',
  of: (tenant: string) => fill('of {tenant}', { tenant }),
  new: 'New schedule…',
  search: 'A part of a name or of an endpoint',
  label: 'Schedules',
  columns: { name: 'Name', tenant: 'Tenant', extension: 'Extension', when: 'When', zone: 'Zone', next: 'Next', strip: 'Last 20', failures: 'Failures' },
  sort: {
    label: 'Sorted by',
    created: 'oldest first',
    '-created': 'newest first',
    next: 'next run',
    name: 'name',
    '-name': 'name, from the end',
    failures: 'most failures first',
    lastRun: 'last run',
    '-lastRun': 'last run, the longest ago first',
  },
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
    cron: { label: 'Times', chip: (times: string) => fill('times: {times}', { times }) },
    timezone: { label: 'Zone', chip: (zone: string) => fill('zone: {zone}', { zone }) },
    minutes: (n: number) => plural(n, { one: '{n} minute', other: '{n} minutes' }),
  },
  next: {
    paused: 'paused',
    pausedItself: 'paused itself',
    disabled: 'disabled',
    none: 'none',
    running: 'running',
    waiting: 'waiting',
    skipped: 'skipped:',
    skippedThen: '{skipped}, then {then}',
  },
  empty: {
    none: 'There are no schedules yet',
    noneNext: 'Extensions make their own once they are installed. An admin makes one with “New schedule…” above, or by the HTTP API:',
    command:
      [
        'curl -H "Authorization: Bearer $TOKEN" -H "content-type: application/json" \\',
        '  $URL/api/v1/tenants/$TENANT/installs/$INSTALL/schedules \\',
        '  -d \'{"endpoint":"POST /api/sync","cron":"0 9 * * 1-5","timezone":"Europe/Berlin"}\'',
      ].join('\n'),
    found: 'No schedule is so',
    foundNext: 'Take a filter away, or search for less of the name.',
    inTenant: (q: string, tenant: string) => fill('Look for “{q}” in {tenant}', { q, tenant }),
    clear: 'Show all schedules',
  },
  bulk: {
    selected: (n: number) => plural(n, { one: '{n} selected', other: '{n} selected' }),
    matching: 'All that match are selected',
    selectMatching: 'Select all that match',
    clear: 'Select none',
    oneTenant: 'All that match are selected for one tenant at a time: choose one above.',
    actions: { pause: 'Pause…', resume: 'Resume…', enable: 'Enable…', disable: 'Disable…', 'set-policy': 'Policy…', delete: 'Delete…' },
    titles: {
      pause: 'Pause schedules',
      resume: 'Resume schedules',
      enable: 'Enable schedules',
      disable: 'Disable schedules',
      'set-policy': 'Change the policy of schedules',
      delete: 'Delete schedules',
      undo: 'Take a change of schedules back',
    },
    commit: {
      pause: (n: number) => plural(n, { one: 'Pause {n} schedule', other: 'Pause {n} schedules' }),
      resume: (n: number) => plural(n, { one: 'Resume {n} schedule', other: 'Resume {n} schedules' }),
      enable: (n: number) => plural(n, { one: 'Enable {n} schedule', other: 'Enable {n} schedules' }),
      disable: (n: number) => plural(n, { one: 'Disable {n} schedule', other: 'Disable {n} schedules' }),
      'set-policy': (n: number) => plural(n, { one: 'Change {n} schedule', other: 'Change {n} schedules' }),
      delete: (n: number) => plural(n, { one: 'Delete {n} schedule', other: 'Delete {n} schedules' }),
    },
    note: 'Why',
    missing: {
      note: 'Say why: then it is shown what would be paused.',
      end: 'Say when it ends: then it is shown what would be paused.',
      policy: 'Choose what is to be changed: then it is shown of which schedules.',
    },
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
    leftOutLabel: 'What is left out',
    leftOutOne: (name: string, why: string) => fill('{name}: {why}', { name, why }),
    showLeftOut: 'What was left out',
    notice: 'A change of many schedules',
    noticeOf: (tenant: string) => fill('A change of many schedules of {tenant}', { tenant }),
    inTenants: (n: number) => plural(n, { one: 'in {n} tenant', other: 'in {n} tenants' }),
    each: 'Each by itself',
    cancel: 'End it here',
    undo: 'Take it back…',
    takenBack: (by: string) => fill('Taken back by {by}.', { by }),
    ended: (done: number, left: number) =>
      left === 0
        ? plural(done, { one: 'Done: {n} schedule changed.', other: 'Done: {n} schedules changed.' })
        : fill(plural(done, { one: 'Done: {n} schedule changed, {left} left out.', other: 'Done: {n} schedules changed, {left} left out.' }), { left }),
    cancelled: (done: number, left: number) =>
      fill(
        plural(done, {
          one: 'Ended early: {n} schedule changed, {left} left out.',
          other: 'Ended early: {n} schedules changed, {left} left out.',
        }),
        { left },
      ),
    asEachSays: 'as each pause says',
    stays: 'stays as each has it',
    policyHint: 'What is left empty stays as each schedule has it.',
    limit: 'Seconds that an attempt may take',
    more: (n: number) => plural(n, { one: 'and {n} more', other: 'and {n} more' }),
    why: {
      changed: 'changed meanwhile',
      gone: 'gone meanwhile',
      'already-so': 'is so already',
      'operators-pause': 'paused by an operator',
      refused: 'refused',
    } as Record<string, string>,
    progress: (done: number, total: number) => fill('{done} of {total} done', { done, total }),
    resumes: (runs: number, skipped: number) =>
      fill(
        plural(runs, {
          zero: 'Of what came due meanwhile nothing runs; {skipped} left out.',
          one: 'Of what came due meanwhile {n} occurrence runs; {skipped} left out.',
          other: 'Of what came due meanwhile {n} occurrences run; {skipped} left out.',
        }),
        { skipped },
      ),
    deleteNote: 'What is deleted can be restored for seven days, with its id.',
  },
};
