import { fill, plural } from '../words';

export const schedule = {
  crumb: 'Schedules',
  calls: (endpoint: string, extension: string) => fill('{endpoint} of {extension}', { endpoint, extension }),
  inZone: (zone: string) => fill('in {zone}', { zone }),
  state: {
    running: 'It runs now.', disabled: 'It is disabled: nothing of it fires.', waiting: (n: number) => plural(n, { one: '{n} missed occurrence is still to be caught up.', other: '{n} missed occurrences are still to be caught up.' }),
    paused: (layer: string, note: string, by: string) => fill('Paused by {layer}: “{note}”, {by}', { layer, note, by }),
    pausedSince: 'since', pausedUntil: 'until',
    failing: (n: number, after: number) => after > 0
      ? fill(plural(n, { one: 'Its last run failed. It pauses itself after {after} in a row.', other: 'It has failed {n} times in a row. It pauses itself after {after}.' }), { after })
      : plural(n, { one: 'Its last run failed.', other: 'It has failed {n} times in a row.' }),
    layers: { host: 'the host’s pause', tenant: 'the tenant’s pause', install: 'the install’s pause', schedule: 'its own pause' } as Record<string, string>,
  },
  actions: { runNow: 'Run now…', pause: 'Pause…', resume: 'Resume…', edit: 'Edit…', more: 'More to do', enable: 'Enable', disable: 'Disable', backfill: 'Backfill…', delete: 'Delete…', policy: 'Change the policy…', copy: 'Copy the address' },
  history: {
    title: 'What happened', hint: 'click or use ← → to ask why', range: 'Time shown',
    ranges: { 1: '24 hours', 7: '7 days', 30: '30 days', 90: '90 days' } as Record<number, string>,
    outcome: 'outcome', late: 'late', took: 'took', label: 'Runs over time', nothing: 'Nothing was due in this time.',
    cut: 'The latest thousand runs are shown; choose a shorter time to see all of it.',
    point: (time: string, outcome: string, count: number) => (count > 1 ? fill('{time}: {outcome}, the worst of {count}', { time, outcome, count }) : fill('{time}: {outcome}', { time, outcome })),
    bands: { paused: 'paused', disabled: 'disabled', outage: 'no node was running' } as Record<string, string>,
    flags: { edit: (what: string) => fill('now {what}', { what }), upgrade: (what: string) => fill('version {what}', { what }), created: () => 'created' },
    longest: (took: string) => fill('up to {took}', { took }),
  },
  runs: {
    title: 'Runs', label: 'Runs of this schedule', columns: { due: 'Due', outcome: 'Outcome', late: 'Late', took: 'Took', attempts: 'Attempts', act: '' }, why: 'Why', again: 'Again', againNamed: (when: string) => fill('Run that of {when} again', { when }),
    whyNamed: (when: string) => fill('Why, at {when}', { when }), several: (n: number) => plural(n, { one: '{n} occurrence', other: '{n} occurrences' }),
    empty: 'It has not run yet', emptyNext: 'The next time is at the right. Run it now to see whether it works.',
    status: (code: string) => fill('status {code}', { code }),
  },
  next: {
    title: 'Next', none: 'It never comes due again.', skip: 'Skip', skipNamed: (when: string) => fill('Skip {when}', { when }), skipped: 'skipped', back: 'Take back', skippedBy: (who: string, note: string) => fill('by {who}: “{note}”', { who, note }),
    clocks: 'the clocks change', held: 'Held by a pause: none of these runs until it ends.', disabled: 'Disabled: none of these runs until it is enabled.',
    saySkipped: (when: string) => fill('{when} will be skipped.', { when }), sayBack: (when: string) => fill('{when} runs as planned.', { when }), skipTitle: (when: string) => fill('Skip {when}', { when }), note: 'Why',
  },
  policy: {
    title: 'Policy',
    overlap: { skip: 'While it still runs, the next is skipped.', 'queue-one': 'While it still runs, one waits and starts when it has ended.' } as Record<string, string>,
    missed: { latest: 'Of what was missed the latest runs.', none: 'What was missed does not run.', all: 'All that was missed runs, the oldest first.' } as Record<string, string>,
    spread: (seconds: number) => plural(seconds, { one: 'Starts at its own place within {n} second.', other: 'Starts at its own place within {n} seconds.' }),
    retry: (attempts: number) => plural(attempts, { one: 'Is not tried again.', other: 'Is tried up to {n} times.' }),
    limit: (seconds: number) => plural(seconds, { one: 'Ends after {n} second at the latest.', other: 'Ends after {n} seconds at the latest.' }),
    hostLimit: 'Ends at the host’s time limit.',
    pauses: (n: number) => (n === 0 ? 'Never pauses itself.' : plural(n, { one: 'Pauses itself after {n} failure.', other: 'Pauses itself after {n} failures in a row.' })),
    catchUp: (minutes: number) => plural(minutes, { one: 'What is older than {n} minute is not caught up.', other: 'What is older than {n} minutes is not caught up.' }),
    edit: 'Change…', dialog: 'Policy', save: 'Save',
    fields: {
      overlap: 'When it still runs', missed: 'When the host was away', retry: 'Attempts', pauses: 'Pauses itself after failures in a row (0: never)', limit: 'Seconds that an attempt may take (empty: the host’s limit)', spread: 'Seconds to spread the start over',
      options: { skip: 'the next is skipped', 'queue-one': 'one waits', latest: 'the latest missed runs', none: 'nothing missed runs', all: 'all missed run' } as Record<string, string>,
    },
    saved: 'The policy was changed.',
  },
  changes: {
    title: 'Changes', none: 'Nobody has changed it.', undo: 'Undo', undoTitle: 'Take the change back', undoCommit: 'Take back', undone: 'The change was taken back.',
    actions: {
      'schedule.create': 'created it', 'schedule.update': 'changed it', 'schedule.delete': 'deleted it', 'schedule.restore': 'restored it', 'schedule.pause': 'paused it', 'schedule.resume': 'resumed it',
      'schedule.run-now': 'ran it now', 'schedule.skip': 'skipped one', 'schedule.unskip': 'took a skip back', 'schedule.backfill': 'began a backfill', 'run.rerun': 'ran one again',
    } as Record<string, string>,
    other: (action: string) => fill('did “{action}”', { action }),
    refused: 'refused',
    field: (field: string, before: string, after: string) => fill('{field}: {before} → {after}', { field, before, after }),
    nothing: 'nothing', would: 'It would be as it was:', next: 'Next run then:',
  },
  payload: { title: 'Payload', none: 'It is called without a payload.' },
  saved: 'The schedule was changed.',
  dialogs: {
    runNow: { title: (name: string) => fill('Run {name} now', { name }), text: 'It starts at once, beside its schedule.', submit: 'Run now', note: 'Note', noteHint: 'Stands at the run. It can be left empty.', done: 'It runs now.' },
    pause: {
      title: (name: string) => fill('Pause {name}', { name }), submit: 'Pause', note: 'Why', noteHint: 'Whoever wonders later reads it.', until: 'Ends by itself', onEnd: 'What came due meanwhile', done: 'Paused.', doneWithRuns: 'Paused. The run that is under way finishes.',
      durations: [
        { value: 'none', text: 'not before somebody resumes' }, { value: '60', text: 'in an hour' }, { value: '240', text: 'in four hours' },
        { value: '1440', text: 'in a day' }, { value: '10080', text: 'in a week' },
      ],
      ends: [
        { value: 'next', text: 'does not run; it goes on with the next' }, { value: 'latest', text: 'the latest of it runs' }, { value: 'all', text: 'all of it runs, the oldest first' },
      ],
    },
    resume: {
      title: (name: string) => fill('Resume {name}', { name }), onEnd: 'What came due meanwhile', asSaid: 'as the pause says',
      commit: (runs: number) => plural(runs, { zero: 'Resume', one: 'Resume, and run {n}', other: 'Resume, and run {n}' }),
      skipped: (n: number) => plural(n, { zero: 'Nothing that came due is left out.', one: '{n} occurrence that came due will not run.', other: '{n} occurrences that came due will not run.' }),
      runs: (n: number) => plural(n, { zero: 'None of them runs now.', one: '{n} of them runs now.', other: '{n} of them run now, one after the other.' }),
      stays: 'Another pause still holds it after that.', done: 'It goes on.',
    },
    backfill: {
      title: (name: string) => fill('Backfill {name}', { name }), from: 'From', to: 'To', which: 'Which', note: 'Note',
      options: { missing: 'those that never ran', failed: 'those, and those that failed', all: 'all of them' } as Record<string, string>,
      commit: (n: number) => plural(n, { one: 'Run {n} occurrence', other: 'Run {n} occurrences' }),
      finds: (n: number) => plural(n, { zero: 'There is nothing to fill in in this time.', one: '{n} occurrence would run, behind whatever is due.', other: '{n} occurrences would run, one after the other, the oldest first, behind whatever is due.' }),
      more: (n: number) => plural(n, { one: 'and {n} more', other: 'and {n} more' }), repeats: 'again', done: 'The backfill has begun.',
      state: (done: number, total: number) => fill('Backfill: {done} of {total} done', { done, total }), paused: 'It waits.', hold: 'Hold', goOn: 'Go on', end: 'End it', ended: 'The backfill was ended.', zone: (zone: string) => fill('Times are in {zone}.', { zone }),
      when: 'Give a day and a time, such as 2026-11-28 06:00.',
    },
    delete: { title: (name: string) => fill('Delete {name}', { name }), text: 'Nothing of it fires any more. A run under way finishes, its history stays, and it can be restored for seven days with its id.', submit: 'Delete', done: (name: string) => fill('{name} was deleted.', { name }) },
    edit: {
      title: (name: string) => fill('Edit {name}', { name }), submit: 'Save', name: 'Name', cron: 'When', cronHint: 'A cron expression, or words such as “every weekday at 9”.', zone: 'Zone', payload: 'Payload (JSON)', usual: 'Usual times',
      reads: (cron: string) => fill('Read as {cron}', { cron }), use: 'Use it',
      difference: (added: number, lost: number, moved: number) => fill('In the next 30 days it adds {added}, loses {lost} and moves {moved}.', { added, lost, moved }), same: 'In the next 30 days nothing changes.',
      crowd: (others: number, at: string) => plural(others, { zero: fill('Nothing else of the tenant fires at {at}.', { at }), one: fill('{n} other schedule fires at {at}.', { at }), other: fill('{n} other schedules fire at {at}.', { at }) }),
      quiet: (at: string, others: number) => fill(plural(others, { zero: '{at} is free.', one: '{at} is quieter: {n} fires then.', other: '{at} is quieter: {n} fire then.' }), { at }),
      next: 'Next', lost: 'Somebody changed it meanwhile', lostText: (fields: string) => fill('Since you opened it, these were changed: {fields}. Your fields are kept. Look at what is there now, or save yours over it.', { fields }), overwrite: 'Save mine over it',
      presets: { '*/15 * * * *': 'every 15 minutes', '0 * * * *': 'every hour', '0 9 * * 1-5': 'every weekday at 9', '0 2 * * *': 'every night at 2', '0 9 * * 1': 'Mondays at 9', '0 6 1 * *': 'the first of the month at 6' } as Record<string, string>,
    },
  },
};
