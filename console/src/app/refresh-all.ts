import type { QueryClient } from '@tanstack/react-query';

/** Has everything on the page read again after a change that reaches far, but for previews: one that was carried out is to be asked for no more. */
export const refreshAll = (client: QueryClient) => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'preview' });
