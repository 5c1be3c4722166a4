import { useQuery } from '@tanstack/react-query';
import { holdUpOf } from '../../api/late';
import { latenessQuery } from '../../api/now';
import type { Held } from './hold-up';

/** What keeps what is asked for of a tenant from starting at once, as far as that was read. */
export function useHoldUp(tenant: string): Held {
  const { data } = useQuery(latenessQuery(tenant));
  return data && holdUpOf(data);
}
