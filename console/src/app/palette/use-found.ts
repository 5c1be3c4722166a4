import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { useNavigate } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { extensionsQuery } from '../../api/extensions';
import { findId } from '../../api/find';
import { installsLike, isLike } from '../../api/holders';
import { listSchedules } from '../../api/schedules';
import { installsQuery } from '../../api/tenants';
import type { Install } from '../../api/types';
import { texts } from '../../texts';
import { useReachable } from '../reachable';
import { isAll } from '../scope-name';
import { addressOf } from './address-of';
import { looksLikeId, type Found } from './matching';
import { tenantIn } from './tenant-in';

const most = 12;
// What lies below them is looked for more often.
const mostTenants = 5;

const words = texts.shell.palette;

const distinct = <T extends { id: string }>(some: readonly T[], more: readonly T[]): T[] => [
  ...new Map([...some, ...more].map((one) => [one.id, one])).values(),
];

/** What has the id that was typed: one that is of nothing here finds nothing. */
export function useFoundId(scope: string, typed: string, navigate: ReturnType<typeof useNavigate>): Found[] {
  const id = typed.trim().toLowerCase();
  const { data } = useQuery({
    queryKey: ['find', scope, id],
    queryFn: ({ signal }) => findId(scope, id, signal),
    select: (found) => found ?? null,
    enabled: looksLikeId(id),
    staleTime: 10_000,
  });
  if (!data || !looksLikeId(id)) {
    return [];
  }
  const hint = isAll(scope) ? data.tenant : undefined;
  return [{ id, text: words.open[data.kind]?.(id) ?? id, ...(hint ? { hint } : {}), act: () => void navigate(addressOf(data)) }];
}

/** The tenants whose name holds what was typed, but for the one that is looked at. */
export function useFoundTenants(scope: string, typed: string, navigate: ReturnType<typeof useNavigate>): Found[] {
  const q = typed.trim();
  const reachable = useReachable(q.length > 0);
  const found = q ? reachable.filter(({ tenant }) => tenant !== scope && isLike(tenant, q)) : [];
  const begins = ({ tenant }: { tenant: string }) => Number(tenant.toLowerCase().startsWith(q.toLowerCase()));
  return found
    .toSorted((a, b) => begins(b) - begins(a))
    .slice(0, mostTenants)
    .map(({ tenant }) => ({ id: tenant, text: tenant, act: () => void navigate({ to: '/t/$scope/now', params: { scope: tenant } }) }));
}

/**
 * Schedules that the server finds by name or endpoint, and installs of the tenant, or of all of them, by their extension; where a word names a tenant,
 * what the others find in that one too.
 */
export function useFoundSchedules(scope: string, typed: string, navigate: ReturnType<typeof useNavigate>) {
  const client = useQueryClient();
  const q = useDeferredValue(typed.trim());
  const asked = q.length > 0;
  const schedules = useQuery({
    queryKey: ['palette', scope, q],
    queryFn: () => listSchedules(scope, { q, limit: most }),
    enabled: asked,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const ofTenant = useQuery({ ...installsQuery(scope), enabled: asked && !isAll(scope) });
  const ofAll = useQuery({
    queryKey: ['palette-installs', q],
    queryFn: async ({ signal }) => installsLike(q, (await client.ensureQueryData(extensionsQuery)).items, most, signal),
    enabled: asked && isAll(scope),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const reachable = useReachable(asked);
  const within = tenantIn(q, reachable.map(({ tenant }) => tenant));
  const inTenant = useQuery({
    queryKey: ['palette', within?.tenant, within?.q],
    queryFn: () => listSchedules(within?.tenant ?? '', { q: within?.q, limit: most }),
    enabled: within !== undefined,
    staleTime: 10_000,
  });
  const installedIn = useQuery({ ...installsQuery(within?.tenant ?? ''), enabled: within !== undefined });
  const like = (installs: readonly Install[] | undefined, q: string) => installs?.filter(({ extensionId }) => isLike(extensionId, q)) ?? [];
  const installs = isAll(scope) ? (ofAll.data ?? []) : like(ofTenant.data?.items, q);
  const [foundSchedules, foundInstalls] = [
    distinct(schedules.data?.items ?? [], (within && inTenant.data?.items) ?? []),
    distinct(installs, within ? like(installedIn.data?.items, within.q) : []),
  ];
  const open = (tenant: string, installId: string, scheduleId: string) =>
    void navigate({ to: '/t/$scope/schedules/$installId/$scheduleId', params: { scope: tenant, installId, scheduleId } });
  return {
    searching: schedules.isFetching || ofAll.isFetching || inTenant.isFetching,
    schedules: asked
      ? foundSchedules.map((schedule): Found => ({
          id: schedule.id,
          text: schedule.name || schedule.endpoint,
          hint: schedule.tenant !== scope ? `${schedule.tenant} · ${schedule.extensionId}` : schedule.extensionId,
          act: () => open(schedule.tenant, schedule.installId, schedule.id),
        }))
      : [],
    installs: asked
      ? foundInstalls.map((install): Found => ({
          id: install.id,
          text: install.extensionId,
          hint: install.tenant !== scope ? `${install.tenant} · ${install.version}` : install.version,
          act: () => void navigate({ to: '/t/$scope/installs/$installId', params: { scope: install.tenant, installId: install.id } }),
        }))
      : [],
  };
}
