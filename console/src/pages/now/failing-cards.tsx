import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { runQuery } from '../../api/runs';
import type { ListedSchedule, NotRunGroup } from '../../api/types';
import { now } from '../../app/clock';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { errorLine } from '../../parts/outcome/run-words';
import { Listed, Sentence } from '../../parts/sentence';
import { formatTime, ownZone } from '../../parts/time/format';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import { nameOf } from '../schedules/columns';
import { FailedRunsLink } from '../why/failed-runs-link';
import { heldSince, isByFailures, keptBack, saidOf, tenantsOf, type Failure, type FailureGroup } from './failing';
import { Need } from './need';
import styles from './now.module.css';

const words = texts.now.needs;
const named = 5;

type Props = {
  scope: string;
  of: FailureGroup;
  /** What did not run by cause, and from when on that was looked at, of such as have paused themselves by now. */
  paused?: { groups: readonly NotRunGroup[]; since: string };
  onPause: (schedule: ListedSchedule) => void;
  onResume: (schedule: ListedSchedule) => void;
};

/** What fails in one way, or has paused itself for it: a schedule, or all of an extension's that its version fails. */
export const FailingCard = (props: Props) => {
  const [first] = props.of.failures;
  return props.of.failures.length === 1 && first ? <One {...props} failure={first} /> : <Many {...props} />;
};

const textOf = (schedule: ListedSchedule, scope: string) =>
  isAll(scope) ? texts.now.ofTenant(nameOf(schedule), schedule.tenant) : nameOf(schedule);

/** What the extension wrote last as an error, for an answer tells no more than its status; else what it answered. */
function Said({ of: { schedule, run } }: { of: Failure }) {
  const { data } = useQuery({ ...runQuery(run?.tenant ?? schedule.tenant, run?.id ?? ''), enabled: run !== undefined, staleTime: 60_000, meta: {} });
  const wrote = data?.evidence?.log.findLast(({ level }) => level === 'error')?.message;
  const answered = (run && errorLine(run)) || schedule.lastError || undefined;
  return saidOf(wrote, answered).map((line) => <p key={line}>{line}</p>);
}

/** Since when it has held itself, and what it has kept back. */
function Held({ of, paused: { groups, since } }: { of: FailureGroup; paused: NonNullable<Props['paused']> }) {
  const [first, ...others] = of.failures;
  const at = heldSince(of);
  const kept = keptBack(of, groups);
  const zone = others.length > 0 ? ownZone() : first?.schedule.timezone;
  const lately = at && Date.parse(at) < Date.parse(since) ? words.keptBackLately(kept, formatTime(since, ownZone(), 'minute', now())) : undefined;
  return (
    at && (
      <p>
        <Sentence of={others.length > 0 ? words.keptBackOfMany(lately ? 0 : kept) : (lately ?? words.keptBack(kept))} at={<When at={at} zone={zone} />} />
      </p>
    )
  );
}

function One({ scope, failure, of: group, paused, onPause, onResume }: Props & { failure: Failure }) {
  const may = useMay();
  const { schedule, run } = failure;
  const after = schedule.policy.pauseAfterFailures ?? 0;
  const name = textOf(schedule, scope);
  const own = schedule.pauses?.find(({ cause }) => cause !== 'asked')?.note ?? '';
  const ahead = after > 0 ? words.pauses(after) : '';
  return (
    <Need
      of={paused ? 'paused' : 'failed'}
      title={paused ? words.selfPaused(name) : words.failing(name, schedule.failuresInARow)}
      more={
        <>
          <Said of={failure} />
          {(run || !paused) && <Version scope={scope} of={group} />}
          {paused && <Held of={group} paused={paused} />}
        </>
      }
      text={!paused ? ahead : run || !schedule.lastError ? own : ''}
    >
      <FailureLink failure={failure} className={styles.link}>
        {texts.parts.why}
      </FailureLink>
      {run ? (
        <RunsLink scope={schedule.tenant} of={group} scheduleId={schedule.id} />
      ) : (
        isByFailures(schedule) && (
          <FailedRunsLink tenant={schedule.tenant} scheduleId={schedule.id} className={styles.link}>
            {words.runs}
          </FailedRunsLink>
        )
      )}
      {may.change && paused && <Button onPress={() => onResume(schedule)}>{words.resume}</Button>}
      {may.change && !schedule.pauses?.length && <Button onPress={() => onPause(schedule)}>{words.pause}</Button>}
    </Need>
  );
}

function Many({ scope, of: group, paused }: Props) {
  const { failures, extensionId, run } = group;
  const [first] = failures;
  const why = run?.reason ? (texts.parts.reasons[run.reason] ?? run.reason) : undefined;
  const alike = paused ? words.pausedAlike : words.alike;
  return (
    <Need
      of={paused ? 'paused' : 'failed'}
      title={alike(failures.length, words.versionOf(extensionId, run?.version ?? ''), why)}
      more={
        <>
          {first && <Said of={first} />}
          {paused && <Held of={group} paused={paused} />}
          <p>
            {isAll(scope) && words.ofTenants(tenantsOf(group))}{' '}
            <Listed
              of={[
                ...failures.slice(0, named).map((failure) => (
                  <FailureLink key={failure.schedule.id} failure={failure} className={styles.inline}>
                    {textOf(failure.schedule, scope)}
                  </FailureLink>
                )),
                ...(failures.length > named
                  ? [
                      <Link
                        key="more"
                        className={styles.inline}
                        to="/t/$scope/schedules"
                        params={{ scope }}
                        search={{ ...(paused ? { paused: 'schedule' } : { failing: 'true' }), extension: extensionId }}
                      >
                        {words.moreOf(failures.length - named)}
                      </Link>,
                    ]
                  : []),
              ]}
            />
          </p>
        </>
      }
      text=""
    >
      <RunsLink scope={scope} of={group} />
      <Link
        className={styles.link}
        to="/t/$scope/extensions/$extensionId"
        params={{ scope, extensionId }}
        search={run?.version ? { version: run.version } : {}}
      >
        {words.extension}
      </Link>
      {paused && (
        <Link className={styles.link} to="/t/$scope/schedules" params={{ scope }} search={{ paused: 'schedule', extension: extensionId }}>
          {words.allPaused}
        </Link>
      )}
    </Need>
  );
}

/** Which version it ran, leading to that. */
function Version({ scope, of: { extensionId, run } }: { scope: string; of: FailureGroup }) {
  return (
    <p>
      <Sentence
        of={words.by}
        version={
          <Link
            className={styles.inline}
            to="/t/$scope/extensions/$extensionId"
            params={{ scope, extensionId }}
            search={run?.version ? { version: run.version } : {}}
          >
            {words.versionOf(extensionId, run?.version ?? '')}
          </Link>
        }
      />
    </p>
  );
}

/** To the run that failed, which says why itself; to the schedule where that was not read. */
function FailureLink({ failure: { schedule, run }, className, children }: { failure: Failure; className: string | undefined; children: string }) {
  return run ? (
    <Link className={className} to="/t/$scope/runs/$runId" params={{ scope: run.tenant, runId: run.id }}>
      {children}
    </Link>
  ) : (
    <Link
      className={className}
      to="/t/$scope/schedules/$installId/$scheduleId"
      params={{ scope: schedule.tenant, installId: schedule.installId, scheduleId: schedule.id }}
      search={schedule.lastDueAt ? { at: schedule.lastDueAt } : {}}
    >
      {children}
    </Link>
  );
}

/** To the runs that failed so. */
function RunsLink({ scope, of: { run }, scheduleId }: { scope: string; of: FailureGroup; scheduleId?: string }) {
  const search = {
    state: 'failed',
    ...(run?.reason ? { reason: run.reason } : {}),
    ...(scheduleId ? { scheduleId } : run?.versionId ? { versionId: run.versionId } : {}),
  };
  return (
    <Link className={styles.link} to="/t/$scope/runs" params={{ scope }} search={search}>
      {words.runs}
    </Link>
  );
}
