import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ScheduleAt } from '../../api/runs';

/** The schedule of the address. */
export function useScheduleAt(): ScheduleAt {
  const { scope = '', installId = '', scheduleId = '' } = useParams({ strict: false }) as { scope?: string; installId?: string; scheduleId?: string };
  return useMemo(() => ({ tenant: scope, installId, scheduleId }), [scope, installId, scheduleId]);
}
