import { fill, plural } from '../words';

export const run = {
  title: (outcome: string, schedule: string) => fill('{schedule}: {outcome}', { schedule, outcome }),
  headlines: {
    succeeded: 'It succeeded', failed: 'It failed', running: 'It runs now', queued: 'It is about to run', skipped: 'It did not start', missed: 'It was missed', abandoned: 'It was given up',
  } as Record<string, string>,
  of: 'Run of', page: 'Run',
  facts: {
    title: 'Facts', due: 'Due', occurrence: 'Occurrence', started: 'Started', finished: 'Finished', late: 'Late', took: 'Took', trigger: 'Why it ran', by: 'Asked for by', note: 'Note', version: 'Version', node: 'Node', status: 'Status', id: 'Id', repeats: 'Repeats',
    count: 'Stands for', since: 'to', waits: 'Tried again',
  },
  several: (n: number) => plural(n, { one: '{n} occurrence', other: '{n} occurrences' }),
  attempts: { title: 'Attempts', attempt: (n: number) => fill('Attempt {n}', { n }), node: (node: string) => fill('on {node}', { node }), version: (version: string) => fill('version {version}', { version }), ended: 'ended', now: 'under way' },
  log: {
    title: 'Log', search: 'Search the log', empty: 'The extension wrote nothing.', none: 'No line holds this.', dropped: (n: number) => plural(n, { one: '{n} more line was dropped.', other: '{n} more lines were dropped.' }),
    lines: (n: number) => plural(n, { one: '{n} line', other: '{n} lines' }), notKept: 'Its log is kept no more.', open: 'What it writes shows when the attempt has ended.', level: 'Level', levels: { all: 'all levels' },
  },
  calls: { title: 'Host calls', none: 'It called nothing of the host.', label: 'Calls of the host, by name' },
  error: 'Error',
  again: 'Run again…', why: 'Why', schedule: 'The schedule',
};
