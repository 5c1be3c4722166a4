import { describe, expect, it } from 'vitest';
import type { ListedSchedule } from '../../api/types';
import { needing } from './needs';

const schedule = (id: string, failuresInARow: number, cause?: string): ListedSchedule =>
  ({ id, failuresInARow, pauses: cause ? [{ layer: 'schedule', cause }] : [] }) as unknown as ListedSchedule;

describe('needing', () => {
  it('names what paused itself once, and the rest by how long it has failed', () => {
    const [own, one, many] = [schedule('own', 20, 'failures'), schedule('one', 1), schedule('many', 14)];
    const found = needing([one, own, many], [own]);
    expect(found.selfPaused.map(({ id }) => id)).toEqual(['own']);
    expect(found.failing.map(({ id }) => id)).toEqual(['many', 'one']);
  });
  it('leaves what somebody paused to them', () => expect(needing([], [schedule('a', 0, 'asked')]).selfPaused).toEqual([]));
});
