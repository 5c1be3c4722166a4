import { describe, expect, it } from 'vitest';
import { remediesOf, withoutRoutes } from './remedy';

describe('withoutRoutes', () => {
  it('leaves the words, and what else stands in brackets', () => {
    expect(withoutRoutes('Fill it in (POST .../backfill/preview), or run it now (POST .../run-now), if need be (it seldom is).')).toBe(
      'Fill it in, or run it now, if need be (it seldom is).',
    );
  });
});

describe('remediesOf', () => {
  it('is what the server says, in its order, as far as there is a button for it', () => {
    expect(remediesOf({ actions: ['enable-install', 'backfill', 'run-now', 'see-run'] })).toEqual(['backfill', 'run-now']);
    expect(remediesOf({ actions: ['resume-schedule', 'rerun'] })).toEqual(['resume-schedule', 'rerun']);
    expect(remediesOf({ actions: [] })).toEqual([]);
  });
});
