import { fill, plural } from '../words';

export const load = {
  title: 'Load',
  calm: 'Nothing comes due in the next seven days',
  held: 'Nothing comes due in the next seven days, as long as what is paused stays so',
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
  subOfAll: (schedules: number, slots: number) =>
    fill(
      plural(schedules, {
        one: 'Of {n} schedule of all tenants, carried by {slots} slots.',
        other: 'Of {n} schedules of all tenants, carried by {slots} slots.',
      }),
      { slots },
    ),
  sub: (tenant: string, schedules: number, slots: number) =>
    fill(
      plural(schedules, {
        one: 'Of {n} schedule of {tenant}, carried by {slots} slots.',
        other: 'Of {n} schedules of {tenant}, carried by {slots} slots.',
      }),
      { tenant, slots },
    ),
  zone: (zone: string) => fill('On the clocks of {zone}.', { zone }),
  capacity: (n: number, mean: string, of: number, few: boolean) =>
    fill(
      few
        ? plural(of, {
            one: 'In an hour they carry about {carried} runs of {mean}, all tenants’ together: a guess, by {n} run alone.',
            other: 'In an hour they carry about {carried} runs of {mean}, all tenants’ together: a guess, by the mean of {n} runs alone.',
          })
        : plural(of, { other: 'In an hour they carry {carried} runs of {mean}, the mean of the last {n}, all tenants’ together.' }),
      { carried: n, mean },
    ),
  noSlots: 'No node takes work now, so nothing would carry them: see Nodes. Until one does, the colours compare with the busiest.',
  noCapacity: 'What they carry is known once some have run; until then the colours compare with the busiest.',
  week: 'Next seven days, by hour',
  day: (day: string) => fill('{day}, by minute', { day }),
  weekLabel: 'Occurrences to come, by day and hour',
  dayLabel: 'Occurrences to come, by hour and minute',
  back: 'The week',
  openDay: 'This day by minute',
  legend: {
    hour: 'Of what the host carries in an hour:',
    minute: 'Of what the host carries in a minute:',
    hottest: 'Beside the busiest:',
    nothing: 'nothing',
    upTo: (n: number) => fill('up to {n} %', { n }),
    above: 'more',
  },
  hint: 'Choose an hour to see what it comes from; press it again for its day by minute.',
  dayHint: 'Choose a minute to see what it comes from.',
  cell: (when: string, said: string) => fill('{when}: {said}', { when, said }),
  count: (n: number) => plural(n, { zero: 'nothing', one: '{n} occurrence', other: '{n} occurrences' }),
  of: (said: string, percent: number) =>
    fill(plural(percent, { zero: '{said}, less than 1 % of what the host carries', other: '{said}, {n} % of what the host carries' }), { said }),
  behind: {
    title: {
      hour: (when: string) => fill('What comes due in the hour from {when} on', { when }),
      minute: (when: string) => fill('What comes due at {when}', { when }),
    } as Record<string, (when: string) => string>,
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
    percent: (n: number) => plural(n, { zero: 'less than 1 % of capacity', other: '{n} % of capacity' }),
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
    see: 'See what would change…',
    oneTenant: 'They are spread for one tenant at a time: choose one above.',
    find: 'Show them among the schedules',
    none: 'No minute of it is a crowd that a spread would thin out.',
  },
};
