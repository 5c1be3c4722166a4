import { describe, expect, it } from 'vitest';
import { remediesOf } from './remedy';

describe('remediesOf', () => {
  it('is what the server says, in its order, as far as there is a button for it', () => {
    expect(remediesOf({ actions: ['enable-install', 'backfill', 'run-now', 'see-run'] })).toEqual(['backfill', 'run-now']);
    expect(remediesOf({ actions: ['resume-schedule', 'rerun'] })).toEqual(['resume-schedule', 'rerun']);
    expect(remediesOf({ actions: [] })).toEqual([]);
  });
});
