import { fill, number, plural } from '../words';

// English writes small numbers out where a sentence begins with them.
const small: Record<number, string> = { 2: 'Two', 3: 'Three', 4: 'Four', 5: 'Five', 6: 'Six', 7: 'Seven', 8: 'Eight', 9: 'Nine' };

export const now = {
  headline: (things: number, rest: 'runs' | 'paused' | 'unknown') => {
    const n = small[things] ?? number(things);
    const forms = {
      runs: {
        zero: 'All is well. Nothing needs you.',
        one: 'One thing needs you. Everything else runs on time.',
        other: fill('{n} things need you. Everything else runs on time.', { n }),
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
    schedules: (n: number) => plural(n, { one: '{n} schedule', other: '{n} schedules' }),
    firing: (n: number, more: boolean) =>
      plural(
        n,
        more
          ? { one: 'more than {n} runs now', other: 'more than {n} run now' }
          : { zero: 'none runs at the moment', one: '{n} runs now', other: '{n} run now' },
      ),
    failing: (n: number) => plural(n, { zero: 'none fails', one: '{n} fails', other: '{n} fail' }),
  },
  needs: {
    title: 'Needs you',
    note: 'since yesterday, by cause',
    none: 'Nothing failed for good, was missed or was held since yesterday.',
    failing: (name: string, n: number) =>
      fill(plural(n, { one: '{name}: its last run failed', other: '{name} has failed {n} times in a row' }), { name }),
    pauses: (after: number) => fill('It pauses itself after {after} failures in a row.', { after }),
    selfPaused: (name: string) => fill('{name} has paused itself', { name }),
    moreFailing: (n: number) => plural(n, { one: 'And {n} more fails', other: 'And {n} more fail' }),
    pause: 'Pause…',
    resume: 'Resume…',
    unnamed: 'a schedule that is kept no more',
    moreOf: (n: number) => plural(n, { one: 'and {n} more', other: 'and {n} more' }),
    all: 'Show all that fail',
    oneTenant: 'What did not run, by cause, is shown for one tenant at a time: choose one above.',
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
    note: (busy: number, more: boolean) =>
      plural(busy, more ? { one: 'more than {n} open', other: 'more than {n} open' } : { zero: 'none', one: '{n} open', other: '{n} open' }),
    label: 'Runs that are open',
    none: 'Nothing runs at this moment.',
    columns: { schedule: 'Schedule', tenant: 'Tenant', due: 'Due', for: 'For', node: 'Node' },
  },
  paused: {
    title: 'Paused',
    none: 'Nothing is paused.',
    all: 'Show all that are paused',
  },
  nodes: {
    title: 'Nodes',
    none: 'No node has given a sign of life.',
    slots: (n: number) => plural(n, { one: '{n} slot', other: '{n} slots' }),
    seen: 'seen',
    states: { up: 'up', silent: 'silent', stopped: 'stopped' } as Record<string, string>,
  },
  changed: { title: 'Changed lately', none: 'Nobody changed anything.', of: (who: string, did: string) => fill('{who} {did}', { who, did }) },
  pauseTenant: {
    button: 'Pause the tenant…',
    title: (tenant: string) => fill('Pause all of {tenant}', { tenant }),
    done: (tenant: string) => fill('All of {tenant} is paused.', { tenant }),
    resume: 'Resume the tenant…',
    resumeTitle: (tenant: string) => fill('Resume all of {tenant}', { tenant }),
  },
};
