/** What a page tells whoever holds the stream. `here` is said every minute, so that a tab that died is forgotten. */
export type FromPage = { kind: 'watch'; url: string } | { kind: 'here' } | { kind: 'leave' };

/** What happened, as the server's stream tells it. */
export type LiveEvent =
  | { event: 'run'; tenant: string; id: string; what: string; scheduleId: string }
  | { event: 'schedule'; tenant?: string; id?: string; what: string }
  | { event: 'counts' }
  | { event: 'resync' };

export type StreamState = 'connecting' | 'open' | 'lost';

export type ToPage = { kind: 'state'; state: StreamState } | { kind: 'event'; event: LiveEvent };

/** Reads one event of the stream; what is not understood means that something is missing. */
export function parseEvent(name: string, data: string): LiveEvent {
  try {
    const fields: unknown = JSON.parse(data || 'null');
    if (name === 'run' || name === 'schedule') {
      return { ...(fields as object), event: name } as LiveEvent;
    }
    return name === 'counts' ? { event: 'counts' } : { event: 'resync' };
  } catch {
    return { event: 'resync' };
  }
}

export const eventNames = ['run', 'schedule', 'counts', 'resync'] as const;
