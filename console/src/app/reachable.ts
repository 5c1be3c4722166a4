import { useQuery } from '@tanstack/react-query';
import { tenantsQuery } from '../api/tenants';
import { useMay, useSession } from './session';

/** The tenants that whoever is signed in may look at, read once they are wanted; of all of them with how many schedules they have. */
export function useReachable(wanted: boolean): ReadonlyArray<{ tenant: string; schedules?: number }> {
  const session = useSession();
  const { seeAll } = useMay();
  const tenants = useQuery({ ...tenantsQuery, enabled: seeAll && wanted });
  return seeAll ? (tenants.data?.items ?? []) : session.tenants.map((tenant) => ({ tenant }));
}
