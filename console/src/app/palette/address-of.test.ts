import { describe, expect, it } from 'vitest';
import { addressOf } from './address-of';

const at = { tenant: 'acme', installId: 'i' };

describe('addressOf', () => {
  it.each([
    [{ ...at, kind: 'run', scheduleId: 's', runId: 'r' }, '/t/$scope/runs/$runId', { scope: 'acme', runId: 'r' }],
    [{ ...at, kind: 'schedule', scheduleId: 's' }, '/t/$scope/schedules/$installId/$scheduleId', { scope: 'acme', installId: 'i', scheduleId: 's' }],
    [{ ...at, kind: 'install' }, '/t/$scope/installs/$installId', { scope: 'acme', installId: 'i' }],
  ])('$kind', (found, to, params) => expect(addressOf(found)).toEqual({ to, params }));
});
