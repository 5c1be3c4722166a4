/** Why no more of a list is read by itself, though there is more. */
export type Stop = 'failed';

type Read = { isFetchNextPageError: boolean; isFetchingNextPage: boolean };

/** A page that was refused is not asked for again until somebody says so: the table would ask at once, for ever. */
export function stopOf({ isFetchNextPageError, isFetchingNextPage }: Read): Stop | undefined {
  return isFetchNextPageError && !isFetchingNextPage ? 'failed' : undefined;
}
