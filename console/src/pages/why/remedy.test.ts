import { describe, expect, it } from 'vitest';
import type { WhyCause } from '../../api/types';
import { remediesOf, withoutRoutes } from './remedy';

describe('withoutRoutes', () => {
  it('leaves the words, and what else stands in brackets', () => {
    expect(withoutRoutes('Fill it in (POST .../backfill/preview), or run it now (POST .../run-now), if need be (it seldom is).')).toBe(
      'Fill it in, or run it now, if need be (it seldom is).',
    );
  });
});

describe('remediesOf', () => {
  const [viewer, admin, operator] = [
    { change: false, operate: false },
    { change: true, operate: false },
    { change: true, operate: true },
  ];
  const pause = (layer: string, byOperator?: string) =>
    ({ code: 'pause', parameters: { layer, ...(byOperator ? { byOperator } : {}) } }) as unknown as WhyCause;
  it('is what the server says, in its order, but for what is only to be looked at', () => {
    expect(remediesOf({ actions: ['enable-install', 'backfill', 'run-now', 'see-run'], causes: [] }, admin)).toEqual(['enable-install', 'backfill', 'run-now']);
    expect(remediesOf({ actions: ['see-run', 'see-failed-runs'], causes: [] }, admin)).toEqual([]);
    expect(remediesOf({ actions: ['let-one-wait', 'restore-schedule', 'restore-install', 'resume-backfill'], causes: [] }, admin)).toHaveLength(4);
  });
  it('is nothing for those who only look', () => expect(remediesOf({ actions: ['backfill', 'resume-tenant'], causes: [] }, viewer)).toEqual([]));
  it('leaves to operators what is theirs', () => {
    expect(remediesOf({ actions: ['resume-host'], causes: [pause('host')] }, admin)).toEqual([]);
    expect(remediesOf({ actions: ['resume-host'], causes: [pause('host')] }, operator)).toEqual(['resume-host']);
    expect(remediesOf({ actions: ['resume-tenant'], causes: [pause('tenant', 'true')] }, admin)).toEqual([]);
    expect(remediesOf({ actions: ['resume-tenant'], causes: [pause('tenant', 'true')] }, operator)).toEqual(['resume-tenant']);
    expect(remediesOf({ actions: ['resume-install'], causes: [pause('tenant', 'true'), pause('install')] }, admin)).toEqual(['resume-install']);
  });
});
