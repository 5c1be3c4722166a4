import { describe, expect, it } from 'vitest';
import type { Version } from '../../api/extensions';
import type { Asked, UpgradePreview } from '../../api/installs';
import { byFate, earlierThan, given, goneBackFrom, granted, lost, newerThan, others } from './grants';
import { stateOf } from './state';

const asked = (capability: string, more: Partial<Asked> = {}): Asked => ({ capability, sentence: '', risk: 'low', alwaysGranted: false, ...more });
const version = (name: string, publishedAt: string) => ({ version: name, publishedAt }) as Version;

describe('what is granted', () => {
  it('is at first what cannot do harm', () => {
    expect([...granted([asked('a', { risk: 'notable' }), asked('b', { risk: 'low' }), asked('c', { risk: 'high' })])]).toEqual(['b']);
  });
  it('is of an install what it has, without what everybody has', () => {
    expect([...given([asked('a'), asked('b'), asked('c', { alwaysGranted: true })], ['a', 'c', 'd'])]).toEqual(['a']);
  });
  it('is as the install has it, also where the consent was read before somebody changed it', () => {
    expect([...given([asked('a', { granted: true }), asked('b', { granted: false })], ['b'])]).toEqual(['b']);
  });
});

describe('versions to change to', () => {
  const versions = [version('1.0.0', '2026-01-01'), version('1.1.0', '2026-03-01'), version('1.0.1', '2026-02-01')];
  it('are all but the installed one, the latest first', () => {
    expect(others(versions, '1.0.1').map((one) => one.version)).toEqual(['1.1.0', '1.0.0']);
  });
  it('are newer when they were published later', () => {
    expect(newerThan(versions, '1.0.0')?.version).toBe('1.1.0');
    expect(newerThan(versions, '1.1.0')).toBeUndefined();
    expect(newerThan(versions, 'withdrawn')?.version).toBe('1.1.0');
  });
  it('are one to roll back to when that was published earlier', () => {
    expect(earlierThan(versions, { version: '1.1.0', previousVersion: '1.0.0' })).toBe('1.0.0');
    expect(earlierThan(versions, { version: '1.0.0', previousVersion: '1.1.0' })).toBeUndefined();
    expect(earlierThan(versions, { version: '1.0.0' })).toBeUndefined();
  });
  it('is the one that it went back from where that was published later', () => {
    expect(goneBackFrom(versions, { version: '1.0.0', previousVersion: '1.1.0' })).toBe('1.1.0');
    expect(goneBackFrom(versions, { version: '1.1.0', previousVersion: '1.0.0' })).toBeUndefined();
    expect(goneBackFrom(versions, { version: '1.0.0' })).toBeUndefined();
  });
});

describe('what becomes of schedules', () => {
  const preview = { schedules: ['follows', 'lost', 'returns', 'stays-gone', 'lost'].map((fate, at) => ({ id: String(at), fate })) } as UpgradePreview;
  it('has what goes wrong first', () => {
    expect(byFate(preview).map(({ fate }) => fate)).toEqual(['lost', 'lost', 'stays-gone', 'returns', 'follows']);
    expect(lost(preview)).toBe(2);
  });
});

it.each([
  [{ enabled: true, paused: false }, false, 'enabled'],
  [{ enabled: true, paused: true }, false, 'paused'],
  [{ enabled: true, paused: false }, true, 'paused'],
  [{ enabled: false, paused: true }, true, 'disabled'],
])('an install that is %j stands so under a pause of all (%s): %s', (install, held, state) => expect(stateOf(install, held)).toBe(state));
