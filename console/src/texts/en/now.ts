import { fill, number, plural } from '../words';

// English writes small numbers out where a sentence begins with them.
const small: Record<number, string> = { 2: 'Two', 3: 'Three', 4: 'Four', 5: 'Five', 6: 'Six', 7: 'Seven', 8: 'Eight', 9: 'Nine' };

export const now = {
  headline: (things: number, rest: 'runs' | 'late' | 'idle' | 'paused' | 'unknown') => {
    const n = small[things] ?? number(things);
    const forms = {
      runs: {
        zero: 'All is well. Nothing needs you.',
        one: 'One thing needs you. Everything else runs on time.',
        other: fill('{n} things need you. Everything else runs on time.', { n }),
      },
      late: {
        one: 'One thing needs you: what is due does not start in time.',
        other: fill('{n} things need you. What is due does not start in time.', { n }),
      },
      idle: {
        one: 'No node takes work: nothing fires until one does.',
        other: fill('{n} things need you. No node takes work: nothing fires until one does.', { n }),
      },
      paused: {
        zero: 'All is paused. Nothing else needs you.',
        one: 'One thing needs you. All is paused.',
        other: fill('{n} things need you. All is paused.', { n }),
      },
      unknown: { zero: 'No schedule fails or has paused itself.', one: 'One thing needs you.', other: fill('{n} things need you.', { n }) },
    };
    return plural(things, forms[rest]);
  },
  loading: 'Now',
  ofTenant: (name: string, tenant: string) => fill('{name} of {tenant}', { name, tenant }),
  sub: {
    ofAll: 'of all tenants',
    of: (tenant: string) => fill('of {tenant}', { tenant }),
    schedules: (n: number) => plural(n, { one: '{n} schedule', other: '{n} schedules' }),
    firing: (n: number, more: boolean) =>
      plural(
        n,
        more
          ? { one: 'more than {n} runs now', other: 'more than {n} run now' }
          : { zero: 'none runs at the moment', one: '{n} runs now', other: '{n} run now' },
      ),
    waiting: (n: number, more: boolean) =>
      plural(n, more ? { one: 'more than {n} waits', other: 'more than {n} wait' } : { one: '{n} waits', other: '{n} wait' }),
    failing: (n: number) => plural(n, { zero: 'none fails', one: '{n} fails', other: '{n} fail' }),
  },
  needs: {
    title: 'Needs you',
    note: (since: string) => fill('since {since}, by cause', { since }),
    none: 'Nothing failed for good or was missed since the beginning of yesterday.',
    failing: (name: string, n: number) =>
      fill(
        plural(n, { one: '{name}: its last run failed', other: '{name} has failed {n} times in a row' }), { name }),
    pauses: (after: number) => fill('It pauses itself after {after} failures in a row.', { after }),
    selfPaused: (name: string) => fill('{name} has paused itself', { name }),
    keptBack: (n: number) =>
      plural(n, {
        zero: 'Held since {at}.',
        one: 'Held since {at}; {n} occurrence came due meanwhile and did not run.',
        other: 'Held since {at}; {n} occurrences came due meanwhile and did not run.',
      }),
    keptBackLately: (n: number, since: string) =>
      fill(
        plural(n, {
          zero: 'Held since {at}.',
          one: 'Held since {at}; since {since} {n} occurrence came due and did not run.',
          other: 'Held since {at}; since {since} {n} occurrences came due and did not run.',
        }),
        { since },
      ),
    keptBackOfMany: (n: number) =>
      plural(n, {
        zero: 'The first has been held since {at}.',
        one: 'The first has been held since {at}; {n} occurrence came due meanwhile and did not run.',
        other: 'The first has been held since {at}; {n} occurrences came due meanwhile and did not run.',
      }),
    alike: (n: number, version: string, why: string | undefined) =>
      why
        ? fill(plural(n, { one: '{n} schedule of {version} fails: {why}', other: '{n} schedules of {version} fail: {why}' }), { version, why })
        : fill(plural(n, { one: '{n} schedule of {version} fails', other: '{n} schedules of {version} fail' }), { version }),
    pausedAlike: (n: number, version: string, why: string | undefined) =>
      why
        ? fill(
            plural(n, { one: '{n} schedule of {version} has paused itself: {why}', other: '{n} schedules of {version} have paused themselves: {why}' }),
            { version, why },
          )
        : fill(plural(n, { one: '{n} schedule of {version} has paused itself', other: '{n} schedules of {version} have paused themselves' }), { version }),
    moreSelfPaused: (n: number) => plural(n, { one: 'And {n} more has paused itself', other: 'And {n} more have paused themselves' }),
    allPaused: 'Show all that are paused so',
    versionOf: (extension: string, version: string) => (version ? fill('{extension} {version}', { extension, version }) : extension),
    cut: (line: string) => fill('{line}…', { line }),
    by: 'It ran {version}.',
    ofTenants: (n: number) => plural(n, { one: 'Of one tenant:', other: 'Of {n} tenants:' }),
    extension: 'The extension',
    runs: 'Its runs',
    moreFailing: (n: number) => plural(n, { one: 'And {n} more fails', other: 'And {n} more fail' }),
    pause: 'Pause…',
    resume: 'Resume…',
    unnamed: 'a schedule that is kept no more',
    moreOf: (n: number) => plural(n, { one: '{n} more', other: '{n} more' }),
    all: 'Show all that fail',
    tenants: (n: number) => plural(n, { one: 'Tenant: {tenants}', other: 'Tenants: {tenants}' }),
    runAgain: 'Run them again…',
    fillMany: 'Fill in on the calendar',
    disabled: 'Show what is disabled',
  },
  purpose: { title: 'Held on purpose', note: 'needs nobody' },
  late: {
    sub: (median: string, most: string) => fill('late by {median} (p99 {most})', { median, most }),
    title: 'Late',
    waiting: (n: number, since: string) =>
      fill(
        plural(n, {
          one: '{n} occurrence was due {since} and has not started',
          other: '{n} occurrences are due and have not started, the first was to start {since}',
        }),
        { since },
      ),
    next: 'Nodes has whether they are up and have slots, and how long the store takes.',
    ask: 'Operators see the nodes: ask them whether those are up and have slots.',
  },
  idle: {
    title: 'No node takes work',
    text: 'Nothing fires until a node takes work',
    ask: 'Operators see the nodes: ask them why none takes work.',
    drained: '{node} was drained by {by} {at}: “{note}”',
    stopping: '{node} is to stop, and starts nothing since {at}.',
    silent: '{node} has given no sign of life since {at}.',
  },
  hour: {
    title: 'Next hour',
    total: (n: number) => plural(n, { zero: 'nothing comes due', one: '{n} occurrence', other: '{n} occurrences' }),
    over: (minute: string, times: string) => fill('{minute} is {times} times what the slots carry in a minute', { minute, times }),
    capacity: (n: number) => plural(n, { one: 'capacity {n} a minute', other: 'capacity {n} a minute' }),
    label: (n: number) =>
      plural(n, {
        zero: 'Occurrences by minute in the next hour: none',
        one: 'Occurrences by minute in the next hour: {n}',
        other: 'Occurrences by minute in the next hour: {n}',
      }),
    bar: (minute: string, n: number) => fill(plural(n, { one: '{minute}: {n} occurrence', other: '{minute}: {n} occurrences' }), { minute }),
    clocks: (zone: string) => fill('on this browser’s clocks, {zone}', { zone }),
    empty: 'Nothing comes due in the next hour.',
    held: 'All of it is held by a pause, which stands under Paused with its end.',
  },
  firing: {
    title: 'Firing now',
    note: (running: number, waiting: number, more: boolean) =>
      more
        ? fill('{running} of the latest {all} run, {waiting} wait; there are more', { running, waiting, all: running + waiting })
        : waiting === 0
          ? plural(running, { zero: 'none', one: '{n} runs', other: '{n} run' })
          : fill(
              plural(waiting, {
                one: plural(running, { zero: '{waiting} waits', one: '{running} runs, {waiting} waits', other: '{running} run, {waiting} waits' }),
                other: plural(running, { zero: '{waiting} wait', one: '{running} runs, {waiting} wait', other: '{running} run, {waiting} wait' }),
              }),
              { running, waiting },
            ),
    waits: (why: string | undefined) => (why ? fill('waits: {why}', { why }) : 'waits for a free slot'),
    waitsForNode: 'waits for a node that takes work',
    all: 'all that is open',
    label: 'Runs that are open',
    none: 'Nothing runs at this moment.',
  },
  paused: {
    title: 'Paused',
    none: 'Nothing is paused.',
    count: (n: number, more: boolean) =>
      more ? plural(n, { one: '{n} pause or more', other: '{n} pauses or more' }) : plural(n, { one: '{n} pause', other: '{n} pauses' }),
    all: 'Show all schedules that are paused',
  },
  nodes: {
    title: 'Nodes',
    none: 'No node has given a sign of life.',
    slots: (n: number) => plural(n, { one: '{n} slot', other: '{n} slots' }),
  },
  changed: { title: 'Changed lately', none: 'Nobody changed anything.', did: '{who} {what}' },
  pauseTenant: {
    button: 'Pause the tenant…',
    title: (tenant: string) => fill('Pause all of {tenant}', { tenant }),
    done: (tenant: string) => fill('All of {tenant} is paused.', { tenant }),
    resume: 'Resume the tenant…',
  },
};
