import { useQuery } from '@tanstack/react-query';
import { holdUpOf } from '../../api/late';
import { latenessQuery, layerQuery } from '../../api/now';
import type { Held } from './hold-up';

/** What keeps what is asked for of a tenant from starting at once, or at all, as far as that was read. */
export function useHoldUp(tenant: string): Held {
  const { data } = useQuery(latenessQuery(tenant));
  const above = useQuery(layerQuery(tenant));
  return above.data?.pause ? 'paused' : data && holdUpOf(data);
}
