import { queryOptions } from '@tanstack/react-query';
import { api } from './client';
import { Refused } from './problem';
import type { components } from './schema';

export type Ready = components['schemas']['ReadyJson'];

/** What the node that answers finds of itself. With 503 it says what fails, in the same shape. */
export const readyQuery = queryOptions({
  queryKey: ['ready'],
  queryFn: async (): Promise<Ready> => {
    const { data, error, response } = await api.GET('/readyz');
    const said = (data ?? error) as Ready | undefined;
    if (!said?.checks) {
      throw new Refused(response.status, error);
    }
    return said;
  },
  refetchInterval: 10_000,
});
