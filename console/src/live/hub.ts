import { eventNames, parseEvent, type FromPage, type StreamState, type ToPage } from './protocol';

/** What of an EventSource the hub needs. */
export interface Source {
  readyState: number;
  addEventListener(name: string, listener: (event: { data?: string }) => void): void;
  close(): void;
}

export interface Surroundings {
  open(url: string): Source;
  later(act: () => void, milliseconds: number): unknown;
  never(timer: unknown): void;
  now(): number;
}

type Watcher = { url: string | undefined; seen: number; tell(message: ToPage): void };
type Stream = { source?: Source; state: StreamState; retries: number; timer?: unknown };

const closed = 2;
const silent = 180_000;

/** How many streams a browser has at most; who looks at yet another tenant beside them asks instead. */
const most = 3;

/**
 * Holds one stream for each address that pages look at, however many do, and few in all: a browser has six connections to a server
 * over HTTP/1.1, and each stream takes one. It runs in the shared worker, or in the page where there are none.
 */
export class Hub {
  private readonly watchers = new Set<Watcher>();
  private readonly streams = new Map<string, Stream>();

  constructor(private readonly around: Surroundings) {}

  /** Takes a page in, and gives what it calls with each of its messages. */
  join(tell: (message: ToPage) => void): (message: FromPage) => void {
    const watcher: Watcher = { url: undefined, seen: this.around.now(), tell };
    this.watchers.add(watcher);
    return (message) => {
      watcher.seen = this.around.now();
      const gone = !this.watchers.has(watcher);
      if (message.kind === 'leave') {
        watcher.url = undefined;
        this.watchers.delete(watcher);
      } else {
        this.watchers.add(watcher);
      }
      if (message.kind === 'watch') {
        this.watch(message.url, watcher);
      } else {
        this.tidy();
      }
      if (message.kind === 'here' && gone && watcher.url) {
        // A tab that slept was taken for dead: its stream may have been closed, and what happened meanwhile it was not told.
        watcher.tell({ kind: 'event', event: { event: 'resync' } });
      }
    };
  }

  private watch(url: string, watcher: Watcher): void {
    const before = this.streams.get(url);
    watcher.url = url;
    this.tidy();
    if (before?.state === 'lost') {
      this.start(url);
    } else if (before || !this.streams.has(url)) {
      watcher.tell({ kind: 'state', state: before?.state ?? 'lost' });
    }
  }

  private start(url: string): void {
    const stream = this.streams.get(url) ?? { state: 'connecting' as StreamState, retries: 0 };
    this.around.never(stream.timer);
    stream.source?.close();
    this.streams.set(url, stream);
    const source = this.around.open(url);
    stream.source = source;
    this.say(url, stream, 'connecting');
    source.addEventListener('open', () => {
      stream.retries = 0;
      this.say(url, stream, 'open');
    });
    source.addEventListener('error', () => this.lost(url, stream, source));
    for (const name of eventNames) {
      source.addEventListener(name, (event) => this.tell(url, { kind: 'event', event: parseEvent(name, event.data ?? '') }));
    }
  }

  // An EventSource comes back by itself after a broken connection, and gives up after an answer that is no stream.
  private lost(url: string, stream: Stream, source: Source): void {
    this.say(url, stream, source.readyState === closed ? 'lost' : 'connecting');
    if (source.readyState === closed && stream.source === source) {
      const wait = Math.min(60_000, 2_000 * 2 ** stream.retries++);
      stream.timer = this.around.later(() => this.streams.get(url) === stream && this.start(url), wait);
    }
  }

  private say(url: string, stream: Stream, state: StreamState): void {
    stream.state = state;
    this.tell(url, { kind: 'state', state });
  }

  private tell(url: string, message: ToPage): void {
    for (const watcher of this.watchers) {
      if (watcher.url === url) {
        watcher.tell(message);
      }
    }
  }

  private tidy(): void {
    const oldest = this.around.now() - silent;
    for (const watcher of this.watchers) {
      if (watcher.seen < oldest) {
        this.watchers.delete(watcher);
      }
    }
    for (const [url, stream] of this.streams) {
      if (![...this.watchers].some((watcher) => watcher.url === url)) {
        this.around.never(stream.timer);
        stream.source?.close();
        this.streams.delete(url);
      }
    }
    for (const { url } of this.watchers) {
      if (url && !this.streams.has(url) && this.streams.size < most) {
        this.start(url);
      }
    }
  }
}

export const browser: Surroundings = {
  open: (url) => new EventSource(url) as unknown as Source,
  later: (act, milliseconds) => setTimeout(act, milliseconds),
  never: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
  now: () => Date.now(),
};
