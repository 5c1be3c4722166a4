import { describe, expect, it } from 'vitest';
import type { Node } from '../../api/types';
import { texts } from '../../texts';
import { drainOf } from './columns';
import { idleOf, joined, lostOf, presentOf, split } from './standing';

const now = Date.parse('2026-11-29T12:00:00Z');
const node = (id: string, more: Partial<Node>): Node => ({
  id,
  name: id,
  state: 'up',
  slots: 4,
  version: '1.0.0',
  startedAt: '2026-11-28T00:00:00Z',
  seenAt: '2026-11-29T11:59:55Z',
  ...more,
});

describe('the nodes', () => {
  it('keeps what is up or went within a day apart from what went before, the lost first', () => {
    const { current, old } = split(
      [
        node('b', {}),
        node('a', {}),
        node('gone', { state: 'stopped', stoppedAt: '2026-11-29T09:00:00Z' }),
        node('lost', { state: 'silent', seenAt: '2026-11-29T11:00:00Z' }),
        node('older', { state: 'stopped', stoppedAt: '2026-11-20T09:00:00Z' }),
      ],
      now,
    );
    expect(current.map(({ id }) => id)).toEqual(['lost', 'a', 'b', 'gone']);
    expect(old.map(({ id }) => id)).toEqual(['older']);
  });
  it('puts what was lost and has a successor behind what is up', () => {
    const before = node('1', { name: 'vm', state: 'silent', seenAt: '2026-11-29T01:40:00Z' });
    const after = node('2', { name: 'vm', startedAt: '2026-11-29T06:10:00Z' });
    expect(split([before, after], now).current).toEqual([after, before]);
  });
  it('has those that drain among those that are there', () => {
    const nodes = [node('a', {}), node('drains', { state: 'draining' }), node('gone', { state: 'stopped' }), node('lost', { state: 'silent' })];
    expect(presentOf(nodes).map(({ id }) => id)).toEqual(['a', 'drains', 'lost']);
  });
  it('has those that take nothing though they have slots', () => {
    const nodes = [node('a', {}), node('drains', { state: 'draining' }), node('serves', { state: 'draining', slots: 0 }), node('lost', { state: 'silent' })];
    expect(idleOf(nodes).map(({ id }) => id)).toEqual(['drains', 'lost']);
  });
  it('calls lost what has no successor of its name', () => {
    const lost = node('1', { name: 'vm', state: 'silent', startedAt: '2026-11-28T00:00:00Z' });
    expect(lostOf([lost])).toEqual([lost]);
    expect(lostOf([lost, node('2', { name: 'vm', startedAt: '2026-11-29T00:00:00Z' })])).toEqual([]);
  });
});

describe('what a node says of its drain', () => {
  const drained = { since: '2026-11-29T11:00:00Z', by: 'jo', note: 'new disk' };
  it.each([
    ['takes work', {}, undefined],
    ['was drained, and has not heard of it', { state: 'draining', drained }, texts.nodes.unheard],
    ['was drained', { state: 'draining', drained: { ...drained, heardAt: '2026-11-29T11:00:05Z' } }, texts.nodes.drained],
    ['was drained and is to stop', { state: 'draining', drained, drainingSince: '2026-11-29T11:30:00Z' }, texts.nodes.stopping],
    ['was drained and has stopped', { state: 'stopped', drained }, undefined],
  ])('that %s', (_, more, said) => expect(drainOf(node('a', more))).toBe(said));
});

describe('outages', () => {
  it('are joined where one begins as another ends', () => {
    const outage = (from: string, to: string) => ({ from: `2026-11-29T${from}:00Z`, to: `2026-11-29T${to}:00Z`, node: 'vm', stopped: false });
    expect(joined([outage('09:02', '09:03'), outage('08:00', '08:01'), outage('09:01', '09:02')])).toEqual([
      outage('09:01', '09:03'),
      outage('08:00', '08:01'),
    ]);
  });
});
