import { useQuery } from '@tanstack/react-query';
import type { ScheduleAt } from '../../api/runs';
import { whyQuery } from '../../api/schedule';
import { Unread } from '../../parts/feedback/unread';
import { Panel } from '../../parts/page/panel';
import { texts } from '../../texts';
import { WhyActions } from '../why/why-actions';
import { WhyAnswer } from '../why/why-answer';

/** Of an occurrence that never started there is no log and no attempt, but a reason, and what can be done. */
export function NotStarted({ at, instant, name, zone }: { at: ScheduleAt; instant: string; name: string; zone: string }) {
  const { data, error, refetch } = useQuery(whyQuery(at, instant));
  return (
    <Panel name={texts.why.title}>
      {data ? (
        <WhyAnswer at={at} zone={zone} why={data} actions={<WhyActions at={at} name={name} why={data} />} />
      ) : (
        <Unread of={{ error, refetch }} rows={5} />
      )}
    </Panel>
  );
}
