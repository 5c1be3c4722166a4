import { fill, plural } from '../words';

export const load = {
  title: 'Load',
  calm: 'Nothing comes due in the next seven days',
  over: (n: number) =>
    plural(n, {
      one: '{n} hour of the coming week is above what the host carries',
      other: '{n} hours of the coming week are above what the host carries',
    }),
  peak: (when: string, n: number) =>
    fill(plural(n, { one: '{when} is the week’s crowd, with {n} occurrence', other: '{when} is the week’s crowd, with {n} occurrences' }), { when }),
  dayPeak: (when: string, n: number) =>
    fill(plural(n, { one: '{when} is the day’s crowd, with {n} occurrence', other: '{when} is the day’s crowd, with {n} occurrences' }), { when }),
  dayCalm: (day: string) => fill('Nothing comes due on {day}', { day }),
  sub: (schedules: number, slots: number) =>
    fill(plural(schedules, { one: 'Of {n} schedule, carried by {slots} slots.', other: 'Of {n} schedules, carried by {slots} slots.' }), { slots }),
  zone: (zone: string) => fill('On the clocks of {zone}.', { zone }),
  capacity: (n: number, mean: string, of: number) =>
    fill(
      plural(of, {
        one: 'In an hour they carry {carried} runs of {mean}, all tenants’ together. That is by a single run: take it with caution.',
        other: 'In an hour they carry {carried} runs of {mean}, the mean of the last {n}, all tenants’ together.',
      }),
      { carried: n, mean },
    ),
  noCapacity: 'What they carry is known once some have run; until then the colours compare with the busiest.',
  week: 'Next seven days, by hour',
  day: (day: string) => fill('{day}, by minute', { day }),
  weekLabel: 'Occurrences to come, by day and hour',
  dayLabel: 'Occurrences to come, by hour and minute',
  back: 'The week',
  openDay: 'This day by minute',
  hint: 'Choose an hour to see what it comes from; press it again for its day by minute.',
  dayHint: 'Choose a minute to see what it comes from.',
  cell: (when: string, said: string) => fill('{when}: {said}', { when, said }),
  count: (n: number) => plural(n, { zero: 'nothing', one: '{n} occurrence', other: '{n} occurrences' }),
  of: (said: string, percent: number) => fill('{said}, {percent} % of what the host carries', { said, percent }),
  behind: {
    title: (when: string) => fill('What comes due in {when}', { when }),
    label: 'Schedules that come due then',
    columns: { name: 'Name', tenant: 'Tenant', when: 'When', zone: 'Zone', times: 'Times' },
    none: 'Nothing comes due then.',
  },
  side: {
    all: 'All schedules…',
    none: 'Nothing comes due then.',
    others: (n: number) => plural(n, { one: 'and {n} other', other: 'and {n} others' }),
    times: (n: number) => plural(n, { one: '{n} time', other: '{n} times' }),
    rest: (n: number) => plural(n, { one: '{n} more occurrence of other schedules', other: '{n} more occurrences of other schedules' }),
    percent: (n: number) => fill('{n} % of capacity', { n }),
  },
  spread: {
    title: 'Spread it',
    minute: (when: string) => fill('its busiest minute: {when}', { when }),
    text: (what: string, schedules: number, minutes: number, before: number, after: number) =>
      fill(
        plural(schedules, {
          one: 'Give “{what}” a spread of {minutes} minutes: it starts within that time, always at the same moment. ' +
      'The minute falls from {before} to {after}.',
          other:
            'Give the {n} schedules of “{what}” a spread of {minutes} minutes: each starts within that time, always at its own moment. ' +
      'The minute falls from {before} to about {after}.',
        }),
        { what, minutes, before, after },
      ),
    how: 'A schedule’s spread is part of its policy. Begin with this one:',
    none: 'No minute of it is a crowd that a spread would thin out.',
  },
};
