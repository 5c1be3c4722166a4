import { describe, expect, it } from 'vitest';
import type { ListedSchedule, Pause } from '../../api/types';
import { allTenants } from '../../app/scope-name';
import { covering, holdingAll, layerOf, pausedItself, pausesOver } from './pauses';

const pause = (layer: string, since = '2026-11-29T10:00:00Z', until?: string) => ({ layer, since, until }) as Pause;
const schedule = (id: string, installId: string, ...pauses: Pause[]) => ({ id, installId, tenant: 'acme', pauses }) as unknown as ListedSchedule;

describe('the pauses over some schedules', () => {
  it('stand each once, the widest first where it is looked at as a whole', () => {
    const [host, install] = [pause('host'), pause('install')];
    const found = pausesOver([schedule('a', 'i', host, install, pause('schedule')), schedule('b', 'i', host, install)], pause('tenant'));
    expect(found.map((held) => [held.pause.layer, held.of?.id])).toEqual([
      ['tenant', undefined],
      ['host', 'b'],
      ['install', 'b'],
      ['schedule', 'a'],
    ]);
    expect(pausesOver([schedule('a', 'i', host)], host)).toEqual([{ pause: host }]);
  });
  it('are ended where they lie, but for one of a schedule’s own, which its page ends', () => {
    const at = { tenant: 'acme', installId: 'i' };
    expect(layerOf(pause('install'), at, 'com.acme.sync')).toEqual({ at: { layer: 'install', ...at }, name: 'com.acme.sync' });
    expect(layerOf(pause('tenant'), at)).toEqual({ at: { layer: 'tenant', tenant: 'acme' }, name: 'acme' });
    expect(layerOf(pause('host'), at)?.at).toEqual({ layer: 'host' });
    expect(layerOf(pause('schedule'), at)).toBeUndefined();
  });
  it('cover a time when they began before its end, and end after its beginning or not by themselves', () => {
    const held = [pause('a'), pause('b', '2026-11-29T12:00:00Z'), pause('c', '2026-11-29T09:00:00Z', '2026-11-29T10:30:00Z')].map((one) => ({ pause: one }));
    const layers = (from: string, to: string) => covering(held, from, to).map((one) => one.pause.layer);
    expect(layers('2026-11-29T10:00:00Z', '2026-11-29T11:00:00Z')).toEqual(['a', 'c']);
    expect(layers('2026-11-29T11:00:00Z', '2026-11-29T13:00:00Z')).toEqual(['a', 'b']);
    expect(layers('2026-11-29T08:00:00Z', '2026-11-29T09:00:00Z')).toEqual([]);
  });
  it('hold all of a tenant when they are its own or the host’s, and all of all when they are the host’s', () => {
    const held = ['host', 'tenant', 'install', 'schedule'].map((layer) => ({ pause: pause(layer) }));
    const layers = (scope: string) => holdingAll(held, scope).map((one) => one.pause.layer);
    expect([layers('acme'), layers(allTenants)]).toEqual([['host', 'tenant'], ['host']]);
  });
  it('are a schedule’s own wish when nobody asked for them', () => {
    const own = (cause: string) => pausedItself({ pauses: [{ ...pause('schedule'), cause }] });
    expect([own('failures'), own('endpoint-gone'), own('asked'), pausedItself({ pauses: [{ ...pause('tenant'), cause: 'asked' }] })]).toEqual([
      true, true, false, false,
    ]);
  });
});
