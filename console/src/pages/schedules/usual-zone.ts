import { useQuery } from '@tanstack/react-query';
import { zonesQuery } from '../../api/zones';
import { isAll } from '../../app/scope-name';
import { byNumber } from '../calendar/zones';

/** The zone that most of a tenant's schedules have; undefined while it is read, where there are none, and of all tenants. */
export function useUsualZone(scope: string): { zone: string | undefined; pending: boolean } {
  const { data, isPending } = useQuery(zonesQuery(scope));
  return { zone: byNumber(data ?? [])[0], pending: isPending && !isAll(scope) };
}
