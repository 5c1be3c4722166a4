import { fill, plural } from '../words';

export const calendar = {
  title: 'Calendar',
  headline: ({ bad, skipped, all }: { bad: number; skipped: number; all: number }, what: string) =>
    all === 0
      ? fill('{what}: nothing was due', { what })
      : skipped === 0
        ? fill(
            plural(bad, {
              zero: '{what}: all that was due ran',
              one: '{what}: {n} occurrence did not go well',
              other: '{what}: {n} occurrences did not go well',
            }),
            { what },
          )
        : bad === 0
          ? fill(plural(skipped, { one: '{what}: {n} occurrence was skipped', other: '{what}: {n} occurrences were skipped' }), { what })
          : fill(
              plural(bad, {
                one: '{what}: {n} occurrence did not go well, {skipped} skipped',
                other: '{what}: {n} occurrences did not go well, {skipped} skipped',
              }),
              { what, skipped },
            ),
  loading: (what: string) => fill('{what}: what was due, and what is to come', { what }),
  ahead: (n: number, what: string) =>
    fill(plural(n, { zero: '{what}: nothing comes due', one: '{what}: {n} occurrence to come', other: '{what}: {n} occurrences to come' }), { what }),
  toCome: (n: number) => plural(n, { zero: 'Nothing is to come.', one: '{n} is to come.', other: '{n} are to come.' }),
  held: 'Nothing is to come, as long as what is paused stays so.',
  ran: (n: number) => plural(n, { zero: 'Nothing has succeeded.', one: '{n} has succeeded.', other: '{n} have succeeded.' }),
  wereMadeUp: (n: number) => plural(n, { one: '{n} was made up for.', other: '{n} were made up for.' }),
  zone: (zone: string) => fill('On the clocks of {zone}.', { zone }),
  clocks: 'On the clocks of',
  ownClocks: (zone: string) => fill('{zone}, this browser’s', { zone }),
  views: { month: 'Month', week: 'Week', day: 'Day' } as Record<string, string>,
  view: 'Show',
  before: 'Earlier',
  after: 'Later',
  today: 'Today',
  ofTenant: (tenant: string) => fill('all of {tenant}', { tenant }),
  of: 'Of',
  schedule: (name: string) => fill('schedule: {name}', { name }),
  pick: 'Of one schedule: its name or endpoint',
  pickNothing: 'No schedule is called so.',
  removeSchedule: 'Show all schedules',
  grid: (what: string) => fill('Calendar of {what}', { what }),
  cell: (when: string, said: string) => fill('{when}: {said}', { when, said }),
  week: (day: string) => fill('Week from {day}', { day }),
  nothing: 'nothing',
  future: (n: number) => plural(n, { one: '{n} to come', other: '{n} to come' }),
  madeUp: (n: number) => plural(n, { one: '{n} made up for', other: '{n} made up for' }),
  count: (n: number, outcome: string) => fill('{n} {outcome}', { n, outcome }),
  allPast: 'Of all tenants it shows what was written down within a day of that time, and successes within an hour; a tenant’s own calendar has the rest.',
  cut: (when: string) => fill('There are more successes than are shown: they are whole from {when} on. What did not go well is whole.', { when }),
  cutAll: (when: string) =>
    fill('There is more in the ledger than is shown, also of what did not go well: that is whole from {when} on. Choose a shorter time.', { when }),
  far: 'What is to come is shown for 31 days.',
  spread: 'What was missed or skipped many times in a row stands evenly spread over its time; Why has the instants.',
  side: {
    past: 'What was due',
    future: 'What is to come',
    none: 'Nothing was due, and nothing is to come.',
    more: (n: number) => plural(n, { one: 'and {n} more', other: 'and {n} more' }),
    became: (outcome: string, reason: string) => fill('{outcome}: {reason}', { outcome, reason }),
    madeUp: 'made up for since',
    madeUpOf: (n: number, of: number) => fill(plural(n, { one: '{n} of {of} made up for since', other: '{n} of {of} made up for since' }), { of }),
    again: 'Again…',
    againNamed: (when: string) => fill('Run that of {when} again', { when }),
    backfill: 'Backfill…',
    missed: (n: number, from: string, to: string) =>
      fill(plural(n, { one: '{n} occurrence', other: '{n} occurrences, {from} to {to}' }), { from, to }),
    others: (n: number) => plural(n, { one: 'and {n} other', other: 'and {n} others' }),
    times: (n: number) => plural(n, { one: '{n} time', other: '{n} times' }),
    open: 'Show the day',
    skipped: 'skipped',
  },
};
