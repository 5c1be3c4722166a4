import { useQuery } from '@tanstack/react-query';
import { layerQuery, pausedQuery } from '../../api/now';
import { pausesOver, type Held } from './pauses';

const most = 100;

/** The pauses in force over a tenant's schedules, or all; of an install or a schedule only those that hold something of it. */
export function usePauses(scope: string, installId?: string, scheduleId?: string): Held[] {
  const paused = useQuery(pausedQuery(scope, most));
  const layer = useQuery(layerQuery(scope));
  const schedules = paused.data?.items.filter((one) => (!installId || one.installId === installId) && (!scheduleId || one.id === scheduleId));
  return pausesOver(schedules ?? [], layer.data?.pause);
}
