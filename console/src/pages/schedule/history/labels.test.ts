import { describe, expect, it } from 'vitest';
import { labelsOf } from './labels';
import type { Band, Flag } from './layout';

const flag = (x: number, text: string) => ({ x, text, kind: 'upgrade', at: `${x}`, what: text }) as Flag & { text: string };
const band = (x: number, width: number, text: string) => ({ x, width, text, kind: 'outage', from: `${x}`, to: undefined }) as Band & { text: string };
const of = (flags: Parameters<typeof labelsOf>[0], bands: Parameters<typeof labelsOf>[1], width = 1_000) => {
  const labels = labelsOf(flags, bands, width);
  const extents = labels.map(({ x, anchor, text }) => {
    const room = text.length * 6.4;
    const from = anchor === 'start' ? x : anchor === 'end' ? x - room : x - room / 2;
    return [from, from + room] as const;
  });
  const touch = extents.some(([from, to], at) => extents.some(([other], place) => place !== at && other >= from && other < to));
  return { labels, touch, said: labels.map(({ text }) => text) };
};

describe('labelsOf', () => {
  it('moves the name of a band away from that of a line in it', () => {
    const { touch, said, labels } = of([flag(500, 'version 0.2.0')], [band(300, 400, 'no node was running')]);
    expect([touch, said]).toEqual([false, ['version 0.2.0', 'no node was running']]);
    expect(labels.map(({ anchor }) => anchor)).toEqual(['middle', 'start']);
  });
  it('leaves one out that has no room', () => {
    expect(of([flag(500, 'version 0.2.0')], [band(450, 100, 'no node was running')])).toMatchObject({ touch: false, said: ['version 0.2.0'] });
    expect(of([flag(300, 'version 2'), flag(302, 'version 3'), flag(304, 'version 4')], [])).toMatchObject({ touch: false });
  });
  it('stays on the picture', () => {
    expect(of([flag(2, 'version 0.2.0'), flag(998, 'version 0.3.0')], []).labels.map(({ anchor }) => anchor)).toEqual(['start', 'end']);
    expect(of([], [band(0, 50, 'paused')]).said).toEqual([]);
  });
  it('never has two that touch, however many there are', () => {
    const flags = Array.from({ length: 40 }, (_, place) => flag((place * 37) % 900, `version 0.${place}.0`));
    const bands = Array.from({ length: 12 }, (_, place) => band((place * 83) % 800, 70 + place * 12, 'no node was running'));
    const { touch, said } = of(flags, bands);
    expect(touch).toBe(false);
    expect(said.length).toBeGreaterThan(5);
  });
});
