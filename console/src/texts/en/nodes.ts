import { fill, plural } from '../words';

export const nodes = {
  title: 'Nodes',
  up: (n: number) => plural(n, { zero: 'No node is up', one: 'The node is up', other: 'All {n} nodes are up' }),
  lost: (n: number, names: string) =>
    fill(plural(n, { one: '{names} gives no sign of life', other: '{n} nodes give no sign of life: {names}' }), { names }),
  failing: 'The node that answers is not well',
  slots: (n: number) => plural(n, { zero: 'No slot carries runs.', one: '{n} slot carries runs.', other: '{n} slots carry runs at once.' }),
  label: 'Nodes',
  columns: { name: 'Node', state: 'State', role: 'Role', slots: 'Slots', mean: 'A run takes', started: 'Up since', seen: 'Sign of life' },
  states: { up: 'up', silent: 'silent', stopped: 'stopped' } as Record<string, string>,
  roles: { fires: 'fires', serves: 'serves the API' },
  noRuns: 'none yet',
  stopped: 'stopped',
  older: (n: number) => plural(n, { one: 'Show {n} that went before', other: 'Show {n} that went before' }),
  fewer: 'Show those of today',
  ready: {
    title: 'The node that answers',
    note: 'asked every 10 s',
    ok: 'well',
    failing: 'failing',
    checks: { store: 'Store', firing: 'Firing', timeZones: 'Time zones', workers: 'Processes for extensions' } as Record<string, string>,
    confined: (list: string) => fill('Extensions run in processes that are held by {list}.', { list }),
  },
  outages: {
    title: 'Times without any node',
    note: 'last 30 days',
    none: 'Some node fired all the time.',
    stopped: 'all nodes had been stopped',
    lost: 'all nodes were lost',
    back: (node: string) => fill('{node} came back first', { node }),
    more: (n: number) => plural(n, { one: 'and {n} before that', other: 'and {n} before that' }),
    lasted: (how: string) => fill('for {how}', { how }),
  },
  capacity: (runs: string, mean: string) => fill('Of {mean} each, that is {runs} runs in an hour.', { runs, mean }),
  empty: 'No node has given a sign of life yet.',
};
