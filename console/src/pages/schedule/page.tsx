import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { isNotThere } from '../../api/problem';
import { scheduleQuery } from '../../api/schedule';
import { installsQuery } from '../../api/tenants';
import { inWords } from '../../cron/words';
import { Unread } from '../../parts/feedback/unread';
import { Columns, PageFrame } from '../../parts/page/page';
import { Panel } from '../../parts/page/panel';
import { Sentence } from '../../parts/sentence';
import { texts } from '../../texts';
import { WhyPanel } from '../why/why-panel';
import { ScheduleActions } from './actions';
import { ChangesPanel } from './changes-panel';
import { Deleted } from './deleted';
import { HistoryPanel } from './history/history-panel';
import { NextPanel, useTimes } from './next-panel';
import { Notices } from './notices';
import { PolicyPanel } from './policy-panel';
import { RunsPanel } from './runs-panel';
import styles from './schedule.module.css';
import { rangeFor, type ScheduleSearch } from './search';
import { useScheduleAt } from './use-schedule-at';

const words = texts.schedule;
const address = '/t/$scope/schedules/$installId/$scheduleId';

export function SchedulePage() {
  const at = useScheduleAt();
  const search = useSearch({ from: address });
  const navigate = useNavigate();
  const { data: schedule, error, refetch } = useQuery(scheduleQuery(at));
  const installs = useQuery(installsQuery(at.tenant));
  const times = useTimes(at, schedule);
  const params = { scope: at.tenant, installId: at.installId, scheduleId: at.scheduleId };
  const set = useCallback(
    (change: ScheduleSearch) =>
      void navigate({
        to: address,
        params: { scope: at.tenant, installId: at.installId, scheduleId: at.scheduleId },
        search: (old) => ({ ...old, ...change }),
        replace: true,
        resetScroll: false,
      }),
    [navigate, at],
  );
  const pick = useCallback((instant: string) => set({ at: instant }), [set]);
  if (!schedule || isNotThere(error)) {
    return (
      <PageFrame title={words.crumb}>
        {isNotThere(error) ? <Deleted at={at} error={error} /> : <Unread of={{ error, refetch }} rows={8} height={24} whole />}
        {Boolean(error) && (
          <Link to={`${address}/why`} params={params}>
            {texts.why.title}
          </Link>
        )}
      </PageFrame>
    );
  }
  const name = schedule.name || schedule.endpoint;
  const install = installs.data?.items.find((one) => one.id === at.installId);
  return (
    <PageFrame
      title={name}
      actions={<ScheduleActions at={at} schedule={schedule} name={name} />}
      sub={
        <>
          <Link to="/t/$scope/schedules" params={{ scope: at.tenant }}>
            {words.crumb}
          </Link>
          <span>
            · {times.data?.words ?? inWords(schedule.cron)}, {words.inZone(schedule.timezone)}
          </span>
          <span>
            · <code>{schedule.cron}</code>
          </span>
          <span>
            ·{' '}
            <Link to="/t/$scope/calendar" params={{ scope: at.tenant }} search={{ installId: at.installId, scheduleId: at.scheduleId }}>
              {words.calendar}
            </Link>
          </span>
          <span>
            ·{' '}
            {install ? (
              <Sentence
                of={words.calls}
                endpoint={schedule.endpoint}
                extension={
                  <Link to="/t/$scope/installs/$installId" params={{ scope: at.tenant, installId: at.installId }}>
                    {install.extensionId}
                  </Link>
                }
                version={
                  <Link
                    to="/t/$scope/extensions/$extensionId"
                    params={{ scope: at.tenant, extensionId: install.extensionId }}
                    search={{ version: install.version }}
                  >
                    {install.version}
                  </Link>
                }
              />
            ) : (
              schedule.endpoint
            )}
          </span>
        </>
      }
    >
      <Notices at={at} schedule={schedule} name={name} extension={install?.extensionId} />
      <Columns
        main={
          <>
            <HistoryPanel
              at={at}
              schedule={schedule}
              days={search.days ?? rangeFor(times.data?.occurrences)}
              onDays={(days) => set({ days })}
              picked={search.at}
              onPick={pick}
            />
            <RunsPanel at={at} schedule={schedule} onWhy={pick} />
            {schedule.payload && (
              <Panel name={words.payload.title}>
                <pre className={styles.payload} tabIndex={0}>
                  {schedule.payload}
                </pre>
              </Panel>
            )}
          </>
        }
        side={
          <>
            <WhyPanel
              at={at}
              name={name}
              zone={schedule.timezone}
              instant={search.at}
              onInstant={pick}
              link={
                <Link to={`${address}/why`} params={params} search={search.at ? { at: search.at } : {}} style={{ color: 'var(--accent)' }}>
                  {texts.why.buttons.page}
                </Link>
              }
            />
            <NextPanel at={at} schedule={schedule} />
            <PolicyPanel at={at} schedule={schedule} />
            <ChangesPanel at={at} zone={schedule.timezone} />
          </>
        }
      />
    </PageFrame>
  );
}
