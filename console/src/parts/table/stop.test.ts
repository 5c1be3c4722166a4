import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { stopOf } from './stop';

type Rows = { items: number[]; nextCursor?: string };

/** Reads on for as long as a table would by itself, and gives the pages that were asked for. */
async function readOn(read: (cursor: string | undefined) => Rows, asked: (string | undefined)[] = []) {
  const observer = new InfiniteQueryObserver(new QueryClient(), {
    queryKey: ['list'],
    queryFn: ({ pageParam }) => {
      asked.push(pageParam);
      return read(pageParam);
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Rows) => page.nextCursor,
    retry: false,
  });
  const leave = observer.subscribe(() => {});
  await observer.refetch();
  const goOn = async () => {
    while (observer.getCurrentResult().hasNextPage && !stopOf(observer.getCurrentResult()) && asked.length < 50) {
      await observer.fetchNextPage();
    }
    return stopOf(observer.getCurrentResult());
  };
  return { asked, stopped: await goOn(), observer, goOn, leave };
}

const many = Array.from({ length: 100 }, (_, at) => at);

describe('stopOf', () => {
  it('asks once for a page that fails, and goes on when somebody tries again', async () => {
    let broken = true;
    const list = await readOn((cursor) => {
      if (cursor && broken) {
        throw new Error('gone');
      }
      return cursor ? { items: many } : { items: many, nextCursor: 'b' };
    });
    expect(list.stopped).toBe('failed');
    expect(list.asked.filter((cursor) => cursor === 'b').length).toBe(1);
    broken = false;
    await list.observer.fetchNextPage();
    expect(await list.goOn()).toBeUndefined();
    expect(list.observer.getCurrentResult().data?.pages.length).toBe(2);
    list.leave();
  });

  it('stops after five short pages, and goes on for five more when it is to', async () => {
    const list = await readOn((cursor) => ({ items: [], nextCursor: `${Number(cursor ?? 0) + 1}` }));
    expect([list.stopped, list.asked.length]).toEqual(['short', 5]);
    await list.observer.fetchNextPage();
    expect([await list.goOn(), list.asked.length]).toEqual(['short', 10]);
    list.leave();
  });

  it('reads on through short pages with a long one between, to the end', async () => {
    const list = await readOn((cursor) => {
      const at = Number(cursor ?? 0);
      return { items: at === 3 ? many : [], ...(at < 7 ? { nextCursor: `${at + 1}` } : {}) };
    });
    expect([list.stopped, list.asked.length]).toEqual([undefined, 8]);
    list.leave();
  });

  it('has nothing to go on with at the end, however short', async () => {
    const list = await readOn((cursor) => (cursor === '4' ? { items: [] } : { items: [], nextCursor: `${Number(cursor ?? 0) + 1}` }));
    expect([list.stopped, list.asked.length]).toEqual([undefined, 5]);
    list.leave();
  });
});
