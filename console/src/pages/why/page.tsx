import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { scheduleQuery } from '../../api/schedule';
import { PageFrame } from '../../parts/page/page';
import { texts } from '../../texts';
import { HistoryPanel } from '../schedule/history/history-panel';
import { useScheduleAt } from '../schedule/use-schedule-at';
import { WhyPanel } from './why-panel';
import styles from './page.module.css';

/** The question by itself, to be sent to a colleague: of what was deleted too. */
export function WhyPage() {
  const at = useScheduleAt();
  const search = useSearch({ from: '/t/$scope/schedules/$installId/$scheduleId/why' });
  const navigate = useNavigate();
  const schedule = useQuery({ ...scheduleQuery(at), retry: false });
  const params = { scope: at.tenant, installId: at.installId, scheduleId: at.scheduleId };
  const pick = useCallback(
    (instant: string) =>
      void navigate({
        to: '/t/$scope/schedules/$installId/$scheduleId/why',
        params: { scope: at.tenant, installId: at.installId, scheduleId: at.scheduleId },
        search: (old) => ({ ...old, at: instant }),
        replace: true,
      }),
    [navigate, at],
  );
  const name = schedule.data ? schedule.data.name || schedule.data.endpoint : at.scheduleId;
  const zone = schedule.data?.timezone ?? 'UTC';
  return (
    <PageFrame
      title={schedule.isPending ? texts.why.title : texts.why.of(name)}
      sub={
        <>
          <Link to="/t/$scope/schedules" params={{ scope: at.tenant }}>
            {texts.schedule.crumb}
          </Link>{' '}
          /{' '}
          <Link to="/t/$scope/schedules/$installId/$scheduleId" params={params}>
            {name}
          </Link>
        </>
      }
    >
      <div className={styles.stack}>
        <WhyPanel at={at} name={name} zone={zone} instant={search.at} onInstant={pick} />
        {schedule.data && (
          <HistoryPanel
            at={at}
            schedule={schedule.data}
            days={search.days ?? 30}
            picked={search.at}
            onPick={pick}
            onDays={(days) =>
              void navigate({
                to: '/t/$scope/schedules/$installId/$scheduleId/why',
                params,
                search: (old) => ({ ...old, days }),
                replace: true,
              })
            }
          />
        )}
      </div>
    </PageFrame>
  );
}
