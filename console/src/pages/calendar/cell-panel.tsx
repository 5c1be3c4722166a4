import { Link } from '@tanstack/react-router';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { previewTimes, scheduleQuery } from '../../api/schedule';
import type { Run, Schedule } from '../../api/types';
import { now } from '../../app/clock';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { inWords } from '../../cron/words';
import { Button } from '../../parts/button';
import { Chip } from '../../parts/chip';
import { Problem } from '../../parts/feedback/problem';
import { sayProblem } from '../../parts/feedback/toasts';
import { Mark } from '../../parts/outcome/mark';
import { Panel } from '../../parts/page/panel';
import { PausedList } from '../../parts/paused/paused-list';
import type { Held } from '../../parts/paused/pauses';
import { useShownZone } from '../../parts/time/preference';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import { RerunDialog } from '../run/rerun-dialog';
import { BackfillDialog } from '../schedule/dialogs/backfill-dialog';
import { Skipping } from '../schedule/skipping';
import { skipOf } from '../schedule/skips';
import styles from './calendar.module.css';
import { listed, type Cell } from './cells';
import { hourIn } from './dates';
import type { MadeUp } from './made-up';
import { RunItem } from './run-items';

const BehindDialog = lazy(() => import('../load/behind-dialog').then(({ BehindDialog }) => ({ default: BehindDialog })));
const words = texts.calendar.side;
const step = 40;
const hour = 3_600_000;

type Props = {
  scope: string;
  installId: string | undefined;
  name: string;
  cell: Cell | undefined;
  madeUp: MadeUp;
  zone: string;
  schedule: Schedule | undefined;
  span: { from: string; to: string };
  onSchedule: (of: { installId: string; scheduleId: string }) => void;
  /** The pauses that are in force and hold something in the time of the cell. */
  pauses: readonly Held[];
  onDay?: (() => void) | undefined;
};

/** What the chosen cell holds, what did not go well first, with what can be done about each. */
export function CellPanel({ scope, installId, name, cell, madeUp, zone, schedule, span, pauses, onSchedule, onDay }: Props) {
  const [again, setAgain] = useState<Run>();
  const [filling, setFilling] = useState<Run>();
  const [shown, setShown] = useState({ name, most: step });
  const most = shown.name === name ? shown.most : step;
  const runs = cell?.runs ?? [];
  const held = [...pauses, ...ended(cell, pauses)];
  const future = cell && cell.future > 0;
  return (
    <>
      <Panel
        name={name}
        actions={
          onDay && (
            <Button look="quiet" onPress={onDay}>
              {words.open}
            </Button>
          )
        }
        flush
      >
        {runs.length === 0 && !future && <p className={styles.pad}>{words.none}</p>}
        {runs.length > 0 && (
          <ul className={styles.items} aria-label={words.past}>
            {listed(runs, most, madeUp).map((run) => (
              <RunItem
                key={run.id}
                ofAll={isAll(scope)}
                run={run}
                madeUp={madeUp.get(run.id) ?? 0}
                zone={zone}
                onAgain={() => setAgain(run)}
                onBackfill={() => setFilling(run)}
              />
            ))}
            {runs.length > most && (
              <li>
                <Button look="quiet" onPress={() => setShown({ name, most: most + step })}>
                  {words.more(runs.length - most)}
                </Button>
              </li>
            )}
          </ul>
        )}
      </Panel>
      {held.length > 0 && (
        <Panel name={texts.parts.pause.then} flush>
          <PausedList held={held} zone={zone} />
        </Panel>
      )}
      {future && (
        <Panel name={words.future} note={texts.calendar.future(cell.future)} flush>
          <ul className={styles.items}>
            {schedule ? (
              <Occurrences tenant={scope} schedule={schedule} span={span} total={cell.future} />
            ) : (
              cell.shares.map((share) => (
                  <li key={share.first.scheduleId}>
                    <div>
                      <Link
                        className={styles.link}
                        to="/t/$scope/schedules/$installId/$scheduleId"
                        params={{ scope: share.first.tenant, ...share.first }}
                      >
                        {share.first.name || inWords(share.cron)}
                      </Link>
                      {isAll(scope) && <span className={styles.muted}> {share.first.tenant}</span>}
                      {share.schedules > 1 && <Others scope={scope} installId={installId} name={name} n={share.schedules - 1} span={span} onDay={onDay} />}
                      <small>
                        {inWords(share.cron)}, {share.timeZone}
                      </small>
                    </div>
                    {!isAll(scope) && share.schedules === 1 ? (
                      <Button look="quiet" onPress={() => onSchedule(share.first)}>
                        {words.times(share.occurrences)}…
                      </Button>
                    ) : (
                      <span className={styles.times}>{words.times(share.occurrences)}</span>
                    )}
                  </li>
                ))
            )}
          </ul>
        </Panel>
      )}
      {again && <RerunDialog tenant={again.tenant} run={again} onClose={() => setAgain(undefined)} />}
      {filling && <BackfillOf run={filling} onClose={() => setFilling(undefined)} />}
    </>
  );
}

/** The others with the same times: of an hour all that comes due in it, of a longer time its day, which has its hours. */
function Others({ scope, installId, name, n, span: { from, to }, onDay }: Pick<Props, 'scope' | 'installId' | 'name' | 'span' | 'onDay'> & { n: number }) {
  const [open, setOpen] = useState(false);
  const long = Date.parse(to) - Date.parse(from) > hour;
  if (long && !onDay) {
    return ` ${words.others(n)}`;
  }
  return (
    <>
      {' '}
      <Button look="quiet" onPress={() => (long ? onDay?.() : setOpen(true))}>
        {words.others(n)}
      </Button>
      {open && (
        <Suspense>
          <BehindDialog scope={scope} installId={installId} name={name} at={hourIn(from)} by="hour" onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

/** The pauses that the rows of a cell name and that are in force no more. */
function ended(cell: Cell | undefined, pauses: readonly Held[]): Held[] {
  const found = new Map<string, Held>();
  for (const { pause } of cell?.runs ?? []) {
    if (pause && !pauses.some((held) => held.pause.layer === pause.layer && Date.parse(held.pause.since) === Date.parse(pause.since))) {
      found.set(`${pause.layer} ${pause.since}`, { pause });
    }
  }
  return [...found.values()];
}

/** Fills in from what a row stands for on, by the schedule's own clocks. */
function BackfillOf({ run: { tenant, installId, scheduleId, missed, dueAt }, onClose }: { run: Run; onClose: () => void }) {
  const at = { tenant, installId, scheduleId };
  const { data, error } = useQuery({ ...scheduleQuery(at), retry: false });
  useEffect(() => {
    if (error) {
      sayProblem(error);
      onClose();
    }
  }, [error, onClose]);
  return data ? <BackfillDialog at={at} name={data.name || data.endpoint} zone={data.timezone} from={missed?.from ?? dueAt} onClose={onClose} /> : null;
}

/** The occurrences of one schedule in a time to come: the server shows ten of them, and ten more to whoever asks. */
function Occurrences({ tenant, schedule, span: { from, to }, total }: { tenant: string; schedule: Schedule; span: Props['span']; total: number }) {
  const { installId, cron, timezone } = schedule;
  const after = new Date(Math.max(Date.parse(from) - 1, now())).toISOString();
  const { data, error, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['times', schedule.id, cron, timezone, from, schedule.nextDueAt],
    queryFn: ({ pageParam }) => previewTimes({ tenant, installId }, { cron, timezone, after: pageParam }),
    initialPageParam: after,
    getNextPageParam: ({ occurrences }) => occurrences.at(-1)?.at,
    staleTime: 60_000,
  });
  const read = data?.pages.flatMap(({ occurrences }) => occurrences.map(({ at }) => at)) ?? [];
  const found = read.filter((at) => Date.parse(at) < Date.parse(to));
  return (
    <>
      {error && !data && (
        <li>
          <Problem error={error} compact />
        </li>
      )}
      {found.map((at) => (
        <Occurrence key={at} tenant={tenant} schedule={schedule} at={at} />
      ))}
      {total > found.length && found.length > 0 && found.length === read.length && (
        <li>
          <Button look="quiet" isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
            {words.more(total - found.length)}
          </Button>
        </li>
      )}
    </>
  );
}

/** An occurrence to come of one schedule, to be skipped or taken back. */
function Occurrence({ tenant, schedule, at }: { tenant: string; schedule: Schedule; at: string }) {
  const may = useMay();
  const where = { tenant, installId: schedule.installId, scheduleId: schedule.id };
  const zone = useShownZone(schedule.timezone);
  return (
    <li>
      <div>
        <When at={at} zone={zone} as="zone" />{' '}
        {skipOf(schedule, at) && (
          <Chip tone="skipped">
            <Mark of="skipped">{words.skipped}</Mark>
          </Chip>
        )}
      </div>
      {may.change && <Skipping at={where} schedule={schedule} occurrence={at} zone={zone} />}
    </li>
  );
}
