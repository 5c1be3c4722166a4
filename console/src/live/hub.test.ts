import { beforeEach, describe, expect, it } from 'vitest';
import { Hub, type Source } from './hub';
import type { ToPage } from './protocol';

class FakeSource implements Source {
  readyState = 0;
  closed = false;
  readonly listeners = new Map<string, (event: { data?: string }) => void>();
  constructor(readonly url: string) {}
  addEventListener(name: string, listener: (event: { data?: string }) => void): void {
    this.listeners.set(name, listener);
  }
  close(): void {
    this.closed = true;
  }
  say(name: string, data = ''): void {
    this.listeners.get(name)?.({ data });
  }
}

let opened: FakeSource[];
let timers: { act: () => void; at: number }[];
let time: number;
let hub: Hub;

beforeEach(() => {
  opened = [];
  timers = [];
  time = 0;
  hub = new Hub({
    open: (url) => {
      const source = new FakeSource(url);
      opened.push(source);
      return source;
    },
    later: (act, milliseconds) => {
      const timer = { act, at: milliseconds };
      timers.push(timer);
      return timer;
    },
    never: (timer) => (timers = timers.filter((waiting) => waiting !== timer)),
    now: () => time,
  });
});

const page = () => {
  const heard: ToPage[] = [];
  return { heard, say: hub.join((message) => heard.push(message)) };
};

describe('Hub', () => {
  it('opens one stream for all pages that look at the same', () => {
    const [one, two] = [page(), page()];
    one.say({ kind: 'watch', url: '/a' });
    two.say({ kind: 'watch', url: '/a' });
    opened[0]?.say('run', '{"tenant":"acme","id":"1","what":"succeeded","scheduleId":"2"}');
    expect(opened.length).toBe(1);
    expect(two.heard).toContainEqual({ kind: 'event', event: { event: 'run', tenant: 'acme', id: '1', what: 'succeeded', scheduleId: '2' } });
    expect(one.heard.length).toBe(two.heard.length);
  });

  it('tells a page only of what it looks at, and closes what nobody looks at any more', () => {
    const [one, two] = [page(), page()];
    one.say({ kind: 'watch', url: '/a' });
    two.say({ kind: 'watch', url: '/b' });
    opened[1]?.say('resync');
    expect(one.heard.filter((message) => message.kind === 'event')).toEqual([]);
    two.say({ kind: 'watch', url: '/a' });
    expect(opened.map((source) => source.closed)).toEqual([false, true]);
  });

  it('forgets a page that left, and one that died without a word', () => {
    const [one, two] = [page(), page()];
    one.say({ kind: 'watch', url: '/a' });
    two.say({ kind: 'watch', url: '/b' });
    one.say({ kind: 'leave' });
    expect(opened[0]?.closed).toBe(true);
    time = 200_000;
    const three = page();
    three.say({ kind: 'watch', url: '/c' });
    expect(opened[1]?.closed).toBe(true);
    expect(opened[2]?.closed).toBe(false);
  });

  it('takes a page that slept in again, and says that it missed something', () => {
    const [one, two] = [page(), page()];
    one.say({ kind: 'watch', url: '/a' });
    time = 200_000;
    two.say({ kind: 'watch', url: '/b' });
    expect(opened[0]?.closed).toBe(true);
    one.say({ kind: 'here' });
    expect(opened.map((source) => source.url)).toEqual(['/a', '/b', '/a']);
    expect(one.heard).toContainEqual({ kind: 'event', event: { event: 'resync' } });
    opened[2]?.say('counts');
    expect(one.heard.at(-1)).toEqual({ kind: 'event', event: { event: 'counts' } });
  });

  it('says nothing is missing to a page that was there, and opens nothing for one that left', () => {
    const one = page();
    one.say({ kind: 'watch', url: '/a' });
    one.say({ kind: 'here' });
    expect(one.heard.filter((message) => message.kind === 'event')).toEqual([]);
    one.say({ kind: 'leave' });
    one.say({ kind: 'here' });
    expect(opened.length).toBe(1);
    expect(opened[0]?.closed).toBe(true);
  });

  it('comes back later and later when the server refuses, and not twice when the browser does it', () => {
    const one = page();
    one.say({ kind: 'watch', url: '/a' });
    opened[0]?.say('error');
    expect(timers).toEqual([]);
    expect(one.heard.at(-1)).toEqual({ kind: 'state', state: 'connecting' });
    const waits: number[] = [];
    for (let time_ = 0; time_ < 3; time_++) {
      const source = opened.at(-1) as FakeSource;
      source.readyState = 2;
      source.say('error');
      waits.push(timers[0]?.at ?? 0);
      timers.pop()?.act();
    }
    expect(waits).toEqual([2_000, 4_000, 8_000]);
    expect(opened.length).toBe(4);
    opened.at(-1)?.say('open');
    expect(one.heard.at(-1)).toEqual({ kind: 'state', state: 'open' });
  });

  it('takes what it cannot read for something that is missing', () => {
    const one = page();
    one.say({ kind: 'watch', url: '/a' });
    opened[0]?.say('run', '{"tenant":');
    expect(one.heard.at(-1)).toEqual({ kind: 'event', event: { event: 'resync' } });
  });

  it('has few streams in all, and opens the next when one is not looked at any more', () => {
    const pages = ['/a', '/b', '/c', '/d'].map((url) => {
      const one = page();
      one.say({ kind: 'watch', url });
      return one;
    });
    expect(opened.map((source) => source.url)).toEqual(['/a', '/b', '/c']);
    expect(pages[3]?.heard).toEqual([{ kind: 'state', state: 'lost' }]);
    pages[1]?.say({ kind: 'leave' });
    expect(opened.map((source) => source.url)).toEqual(['/a', '/b', '/c', '/d']);
    expect(pages[3]?.heard.at(-1)).toEqual({ kind: 'state', state: 'connecting' });
  });
});
