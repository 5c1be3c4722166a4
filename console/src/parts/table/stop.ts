/** Why no more of a list is read by itself, though there is more. */
export type Stop = 'failed' | 'short';

type Read = {
  data: { pages: readonly { items: readonly unknown[] }[] } | undefined;
  hasNextPage: boolean;
  isFetchNextPageError: boolean;
  isFetchingNextPage: boolean;
};

const few = 10;
const inARow = 5;

/**
 * A page that was refused is not asked for again until somebody says so: the table would ask at once, for ever.
 * Nor is a filter that finds little let through everything there is: after some short pages in a row somebody says that it is to go on.
 */
export function stopOf({ data, hasNextPage, isFetchNextPageError, isFetchingNextPage }: Read): Stop | undefined {
  if (isFetchingNextPage || !hasNextPage) {
    return undefined;
  }
  if (isFetchNextPageError) {
    return 'failed';
  }
  const pages = data?.pages ?? [];
  const short = pages.length - 1 - pages.findLastIndex(({ items }) => items.length >= few);
  return short > 0 && short % inARow === 0 ? 'short' : undefined;
}
