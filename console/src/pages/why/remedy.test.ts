import { describe, expect, it } from 'vitest';
import type { WhyCause } from '../../api/types';
import { remediesOf, withoutRoutes } from './remedy';

const cause = (code: string, more: Partial<WhyCause> = {}): WhyCause => ({ code, parameters: {}, what: '', ...more });
const why = (verdict: string, ...causes: WhyCause[]) => ({ verdict, causes, at: '2026-11-27T00:00:00.000Z' });

describe('withoutRoutes', () => {
  it('leaves the words, and what else stands in brackets', () => {
    expect(withoutRoutes('Fill it in (POST .../backfill/preview), or run it now (POST .../run-now), if need be (it seldom is).')).toBe(
      'Fill it in, or run it now, if need be (it seldom is).',
    );
  });
});

describe('remediesOf', () => {
  it.each([
    ['a failed run is run again', why('failed', cause('error-status', { ref: { kind: 'run', id: '1' } })), ['rerun']],
    ['one that was made up for is left', why('failed', cause('error-status', { ref: { kind: 'run', id: '1' } }), cause('made-up')), []],
    ['its own pause is resumed, and what it held filled in', why('paused', cause('pause', { parameters: { layer: 'schedule' } })), ['resume', 'backfill']],
    ['a tenant’s pause is not the schedule’s to end', why('paused', cause('pause', { parameters: { layer: 'tenant' } })), ['backfill']],
    ['a skip to come is taken back', why('will-not-run', cause('skipped-by-admin')), ['take-back']],
    ['what will not run while disabled is enabled', why('will-not-run', cause('schedule-disabled')), ['enable']],
    ['what was missed is filled in', why('missed', cause('no-node')), ['backfill']],
    ['what is well needs nothing', why('succeeded', cause('error-status', { ref: { kind: 'run', id: '1' } })), []],
  ])('%s', (_, answer, expected) => expect(remediesOf(answer)).toEqual(expected));
});
