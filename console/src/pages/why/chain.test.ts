import { describe, expect, it } from 'vitest';
import type { WhyCause } from '../../api/types';
import { chainOf, noteBeside } from './chain';

const at = '2026-11-29T03:00:00Z';
const cause = (code: string, when?: string) => ({ code, ...(when ? { when: `2026-11-${when}:00Z` } : {}) }) as WhyCause;
const of = (...causes: WhyCause[]) => chainOf({ at, causes }).map((link) => [link.cause.code, link.word]);

describe('chainOf', () => {
  it('goes from the earliest to the latest, and keeps which is the nearest', () => {
    const causes = [cause('superseded', '29T05:10'), cause('outage', '29T00:40'), cause('made-up', '29T06:28'), cause('backfill', '29T06:28')];
    expect(chainOf({ at, causes }).map((link) => [link.cause.code, link.nearest])).toEqual([
      ['outage', false],
      ['superseded', true],
      ['backfill', false],
      ['made-up', false],
    ]);
  });
  it('has what has no time where it belongs, with a word', () => {
    expect(of(cause('late', '29T03:01'), cause('install-limit'), cause('upgrade'), cause('pause', '29T02:00'))).toEqual([
      ['upgrade', 'before'],
      ['pause', undefined],
      ['install-limit', 'then'],
      ['late', undefined],
    ]);
    expect(of(cause('unclaimed'), cause('no-node', '29T02:00'), cause('daylight-saving'))).toEqual([
      ['no-node', undefined],
      ['daylight-saving', 'then'],
      ['unclaimed', 'now'],
    ]);
  });
});

describe('the note of a cause', () => {
  it('is not said again where the cause has it', () =>
    expect(noteBeside({ what: "No node takes work: vm was drained by Mara at 17:56, 'kernel update'.", note: 'kernel update' })).toBeUndefined());
  it('stands beside a cause that has it not', () =>
    expect(noteBeside({ what: 'Attempt 1 ended at 06:10.', note: 'TypeError' })).toBe('TypeError'));
});
