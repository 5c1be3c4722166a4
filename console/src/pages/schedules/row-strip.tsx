import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { listRunsOf, type ScheduleAt } from '../../api/runs';
import { tookOf } from '../../api/took';
import { Strip } from '../../parts/outcome/strip';

const outcomes = 20;
const settle = 150;

/** A row's last outcomes, read once the row has stayed in view for a moment: somebody who scrolls by asks for nothing. */
export function RowStrip({ at }: { at: ScheduleAt }) {
  const [stays, setStays] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setStays(true), settle);
    return () => clearTimeout(timer);
  }, []);
  const { data } = useQuery({
    queryKey: ['strip', at.scheduleId],
    queryFn: ({ signal }) => listRunsOf(at, { limit: outcomes }, signal),
    enabled: stays,
    staleTime: 30_000,
    meta: { live: { on: ['run'], scheduleId: at.scheduleId, every: 2_000, everyUnnamed: 20_000 } },
  });
  const runs = useMemo(() => data?.items.map((run) => ({ id: run.id, state: run.state, took: tookOf(run) })).reverse(), [data]);
  return runs ? <Strip runs={runs} of={outcomes} /> : null;
}
