import { hashKey, QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { previewQuery } from './preview-query';

function typing() {
  const asked: { note: string; signal: AbortSignal }[] = [];
  const query = (note: string, settled: string) =>
    previewQuery([note], hashKey([settled]), note !== '', (signal) => {
      asked.push({ note, signal });
      return new Promise<string>(() => {});
    });
  const observer = new QueryObserver(new QueryClient(), query('', ''));
  const leave = observer.subscribe(() => {});
  return { asked, leave, type: (note: string, settled: string) => observer.setOptions(query(note, settled)) };
}

describe('previewQuery', () => {
  it('asks for what is settled alone, however many keys were pressed', () => {
    const { asked, type, leave } = typing();
    for (const note of ['d', 'di', 'dis', 'disk']) {
      type(note, '');
    }
    expect(asked).toEqual([]);
    type('disk', 'disk');
    expect(asked.map(({ note }) => note)).toEqual(['disk']);
    leave();
  });

  it('lets go of the one before when somebody types on', () => {
    const { asked, type, leave } = typing();
    type('disk', 'disk');
    expect(asked[0]?.signal.aborted).toBe(false);
    type('disks', 'disk');
    expect(asked.length).toBe(1);
    expect(asked[0]?.signal.aborted).toBe(true);
    leave();
  });
});
