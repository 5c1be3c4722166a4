import { describe, expect, it } from 'vitest';
import { touches, type Live } from './batch';
import type { LiveEvent } from './protocol';

const run: LiveEvent = { event: 'run', tenant: 'acme', id: 'r1', what: 'failed', scheduleId: 's1' };
const live = (more: Partial<Live> = {}): Live => ({ on: ['run', 'schedule'], ...more });

describe('touches', () => {
  it.each([
    ['a list of its tenant', live({ tenant: 'acme' }), run, true],
    ['a list of another tenant', live({ tenant: 'globex' }), run, false],
    ['its schedule', live({ scheduleId: 's1' }), run, true],
    ['another schedule', live({ scheduleId: 's2' }), run, false],
    ['its run', live({ runId: 'r1' }), run, true],
    ['another run', live({ runId: 'r2' }), run, false],
    ['what goes by schedules alone', live({ on: ['schedule'] }), run, false],
    ['a schedule, by a change of all', live({ scheduleId: 's1' }), { event: 'schedule', tenant: 'acme', what: 'paused' } as LiveEvent, true],
    ['a schedule, by a change of another', live({ scheduleId: 's1' }), { event: 'schedule', tenant: 'acme', id: 's2', what: 'paused' } as LiveEvent, false],
    ['anything, when many events were counted', live({ on: ['schedule'], scheduleId: 's9' }), { event: 'counts' } as LiveEvent, true],
    ['anything, when something is missing', live({ on: ['schedule'], scheduleId: 's9' }), { event: 'resync' } as LiveEvent, true],
  ])('%s', (_, meta, event, expected) => expect(touches(meta, [event])).toBe(expected));
});
