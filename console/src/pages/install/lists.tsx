import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../../api/client';
import { endpointsQuery, type InstallAt } from '../../api/installs';
import type { Install, Schedule } from '../../api/types';
import { useMay } from '../../app/session';
import { inWords } from '../../cron/words';
import { Button } from '../../parts/button';
import { Chip } from '../../parts/chip';
import { Unread } from '../../parts/feedback/unread';
import { Mark, outcomeOf } from '../../parts/outcome/mark';
import { Panel } from '../../parts/page/panel';
import { formatDuration } from '../../parts/time/format';
import { FromNow } from '../../parts/time/when';
import { texts } from '../../texts';
import { NewDialog } from '../schedule/dialogs/new-dialog';
import styles from './install.module.css';

const words = texts.installs.one;
const root = '/api/v1/tenants/{tenant}/installs/{installId}' as const;

/** The first of its schedules, those that run next before the others. */
export const schedulesOfQuery = (at: InstallAt) => ({
  queryKey: ['schedules', 'of-install', at.installId],
  queryFn: () => answer(api.GET(`${root}/schedules`, { params: { path: at, query: { sort: 'next', limit: '20' } as never } })),
  meta: { live: { on: ['schedule', 'run'] as const, tenant: at.tenant, every: 3_000 } },
});

function State({ of }: { of: Schedule }) {
  if (!of.enabled) {
    return (
      <Chip tone="paused">
        <Mark of="disabled" word />
      </Chip>
    );
  }
  if (of.pauses && of.pauses.length > 0) {
    return (
      <Chip tone="paused">
        <Mark of="paused" word />
      </Chip>
    );
  }
  return of.nextStartAt || of.nextDueAt ? <FromNow at={of.nextStartAt ?? of.nextDueAt} zone={of.timezone} /> : null;
}

export function SchedulesOf({ at, install }: { at: InstallAt; install: Install }) {
  const { data, error, refetch } = useQuery(schedulesOfQuery(at));
  const may = useMay();
  const [making, setMaking] = useState(false);
  return (
    <Panel
      name={words.schedules}
      note={data && data.items.length > 0 && words.schedulesNote(data.items.length, Boolean(data.nextCursor))}
      actions={
        <>
          {data?.nextCursor && (
            <Link className={styles.link} to="/t/$scope/schedules" params={{ scope: at.tenant }} search={{ extension: install.extensionId }}>
              {words.schedulesAll}
            </Link>
          )}
          {may.change && data && <Button onPress={() => setMaking(true)}>{words.newSchedule}</Button>}
        </>
      }
      flush
    >
      {making && <NewDialog tenant={at.tenant} installs={[install]} onClose={() => setMaking(false)} />}
      {!data ? (
        <Unread of={{ error, refetch }} rows={4} />
      ) : data.items.length === 0 ? (
        <p className={styles.pad}>{words.schedulesNone}</p>
      ) : (
        <ul className={styles.rows}>
          {data.items.map((schedule) => (
            <li key={schedule.id}>
              <span>
                <Mark of={outcomeOf(schedule.lastRunStatus)} />{' '}
                <Link
                  className={styles.link}
                  to="/t/$scope/schedules/$installId/$scheduleId"
                  params={{ scope: at.tenant, installId: at.installId, scheduleId: schedule.id }}
                >
                  {schedule.name || schedule.endpoint}
                </Link>
                <small>
                  {inWords(schedule.cron)}, {schedule.timezone}
                </small>
              </span>
              <span className={styles.end}>
                <State of={schedule} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export function EndpointsOf({ at }: { at: InstallAt }) {
  const { data, error, refetch } = useQuery(endpointsQuery(at));
  return (
    <Panel name={words.endpoints}>
      {!data ? (
        <Unread of={{ error, refetch }} rows={3} />
      ) : data.length === 0 ? (
        <p className={styles.muted}>{texts.extensions.one.noEndpoints}</p>
      ) : (
        <ul className={styles.plain}>
          {data.map((endpoint) => (
            <li key={endpoint.id}>
              <code>
                {endpoint.method} {endpoint.path}
              </code>{' '}
              {!endpoint.schedulable && <Chip>{texts.extensions.one.notSchedulable}</Chip>}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Calls of the gateway that failed; those that went well leave nothing. */
export function CallsOf({ at }: { at: InstallAt }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['calls', at.installId],
    queryFn: async () => (await answer(api.GET(`${root}/calls`, { params: { path: at, query: { limit: '10' } } }))).items,
    refetchInterval: 30_000,
  });
  return (
    <Panel name={words.calls} note={data && data.length > 0 && words.callsNote} flush>
      {!data ? (
        <Unread of={{ error, refetch }} rows={1} />
      ) : data.length === 0 ? (
        <p className={styles.pad}>{words.callsNone}</p>
      ) : (
        <ul className={styles.rows}>
          {data.map((call) => (
            <li key={call.requestId}>
              <span>
                <code>
                  {call.method} {call.path}
                </code>
                <small>{call.error ?? (call.reason ? (texts.parts.reasons[call.reason] ?? call.reason) : '')}</small>
              </span>
              <span className={styles.end}>
                {call.status ?? words.noAnswer} <small>{words.took(formatDuration(call.durationMs))}</small> <FromNow at={call.at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
