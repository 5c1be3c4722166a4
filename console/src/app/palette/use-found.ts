import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { useNavigate } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { listSchedules } from '../../api/schedules';
import { installsQuery } from '../../api/tenants';
import { isAll } from '../scope-name';
import type { Found } from './matching';

const most = 12;

/** Schedules that the server finds by name or endpoint, and installs of the tenant by their extension. */
export function useFoundSchedules(scope: string, typed: string, navigate: ReturnType<typeof useNavigate>) {
  const q = useDeferredValue(typed.trim());
  const asked = q.length > 0;
  const schedules = useQuery({
    queryKey: ['palette', scope, q],
    queryFn: () => listSchedules(scope, { q, limit: most }),
    enabled: asked,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });
  const installs = useQuery({ ...installsQuery(scope), enabled: asked && !isAll(scope) });
  const open = (tenant: string, installId: string, scheduleId: string) =>
    void navigate({ to: '/t/$scope/schedules/$installId/$scheduleId', params: { scope: tenant, installId, scheduleId } });
  return {
    searching: schedules.isFetching,
    schedules: asked
      ? (schedules.data?.items ?? []).map((schedule): Found => ({
          id: schedule.id,
          text: schedule.name || schedule.endpoint,
          hint: isAll(scope) ? `${schedule.tenant} · ${schedule.extensionId}` : schedule.extensionId,
          act: () => open(schedule.tenant, schedule.installId, schedule.id),
        }))
      : [],
    installs: asked
      ? (installs.data?.items ?? []).filter((install) => install.extensionId.toLowerCase().includes(q.toLowerCase())).map((install): Found => ({
          id: install.id,
          text: install.extensionId,
          hint: install.version,
          act: () => void navigate({ to: '/t/$scope/installs/$installId', params: { scope, installId: install.id } }),
        }))
      : [],
  };
}
