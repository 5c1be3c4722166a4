import { Link } from '@tanstack/react-router';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { occurrenceOf } from '../../api/audit';
import { previewTimes, scheduleQuery, skip, takeSkipBack } from '../../api/schedule';
import type { Run, Schedule } from '../../api/types';
import { now } from '../../app/clock';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { inWords } from '../../cron/words';
import { Button } from '../../parts/button';
import { Chip } from '../../parts/chip';
import { FormDialog } from '../../parts/dialog/form-dialog';
import { Problem } from '../../parts/feedback/problem';
import { say, sayProblem } from '../../parts/feedback/toasts';
import { Field } from '../../parts/form/field';
import { Mark } from '../../parts/outcome/mark';
import { Panel } from '../../parts/page/panel';
import { PausedList } from '../../parts/paused/paused-list';
import type { Held } from '../../parts/paused/pauses';
import { formatTime } from '../../parts/time/format';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import { RerunDialog } from '../run/rerun-dialog';
import { BackfillDialog } from '../schedule/dialogs/backfill-dialog';
import styles from './calendar.module.css';
import { outcomeOrder, type Cell } from './cells';
import { RunItem } from './run-items';

const words = texts.calendar.side;
const skipping = texts.schedule.next;
const most = 40;

type Props = {
  scope: string;
  name: string;
  cell: Cell | undefined;
  zone: string;
  schedule: Schedule | undefined;
  span: { from: string; to: string };
  onSchedule: (of: { installId: string; scheduleId: string }) => void;
  /** The pauses that are in force and hold something in the time of the cell. */
  pauses: readonly Held[];
  onDay?: (() => void) | undefined;
};

/** What the chosen cell holds, what went wrong first, with what can be done about each. */
export function CellPanel({ scope, name, cell, zone, schedule, span, pauses, onSchedule, onDay }: Props) {
  const [again, setAgain] = useState<Run>();
  const [filling, setFilling] = useState<Run>();
  const rank = (run: Run) => outcomeOrder.indexOf(run.state as never);
  const runs = [...(cell?.runs ?? [])].sort((a, b) => rank(a) - rank(b) || a.dueAt.localeCompare(b.dueAt));
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
            {runs.slice(0, most).map((run) => (
              <RunItem key={run.id} ofAll={isAll(scope)} run={run} zone={zone} onAgain={() => setAgain(run)} onBackfill={() => setFilling(run)} />
            ))}
            {runs.length > most && <li className={styles.muted}>{words.more(runs.length - most)}</li>}
          </ul>
        )}
      </Panel>
      {held.length > 0 && (
        <Panel name={texts.parts.pause.then} flush>
          <PausedList held={held} />
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
                      {share.schedules > 1 ? ` ${words.others(share.schedules - 1)}` : ''}
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

/** The occurrences of one schedule in a time to come, as many as the server shows of them. */
function Occurrences({ tenant, schedule, span: { from, to }, total }: { tenant: string; schedule: Schedule; span: Props['span']; total: number }) {
  const { installId, cron, timezone } = schedule;
  const after = new Date(Math.max(Date.parse(from) - 1, now())).toISOString();
  const { data, error } = useQuery({
    queryKey: ['times', schedule.id, cron, timezone, from, schedule.nextDueAt],
    queryFn: () => previewTimes({ tenant, installId }, { cron, timezone, after }),
    staleTime: 60_000,
  });
  const found = data?.occurrences.map(({ at }) => at).filter((at) => Date.parse(at) < Date.parse(to)) ?? [];
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
      {data && total > found.length && <li className={styles.muted}>{words.more(total - found.length)}</li>}
    </>
  );
}

/** An occurrence to come of one schedule, to be skipped or taken back. */
function Occurrence({ tenant, schedule, at }: { tenant: string; schedule: Schedule; at: string }) {
  const may = useMay();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');
  const where = { tenant, installId: schedule.installId, scheduleId: schedule.id };
  const skipped = schedule.skips?.find((one) => one.at === at && !one.voidedAt);
  const text = formatTime(at, schedule.timezone, 'minute', now());
  const put = (changed: Schedule) => client.setQueryData(scheduleQuery(where).queryKey, changed);
  const back = async () => put(await takeSkipBack(where, at));
  return (
    <li>
      <div>
        <When at={at} zone={schedule.timezone} as="zone" />{' '}
        {skipped && (
          <Chip tone="skipped">
            <Mark of="skipped">{words.skipped}</Mark>
          </Chip>
        )}
      </div>
      {may.change &&
        (skipped ? (
          <Button
            look="quiet"
            onPress={() => {
              const again = async () => put(await skip(where, at, skipped.note));
              void back().then(() => say(skipping.sayBack(text), again, occurrenceOf(schedule.id, at)), sayProblem);
            }}
          >
            {skipping.back}
          </Button>
        ) : (
          <Button look="quiet" aria-label={skipping.skipNamed(text)} onPress={() => setOpen(true)}>
            {words.skip}
          </Button>
        ))}
      {open && (
        <FormDialog
          title={skipping.skipTitle(text)}
          submit={skipping.skip}
          ready={note.trim() !== ''}
          onClose={() => setOpen(false)}
          onSubmit={async () => {
            put(await skip(where, at, note.trim()));
            say(skipping.saySkipped(text), back, occurrenceOf(schedule.id, at));
          }}
        >
          {(errors) => (
            <Field label={skipping.note} value={note} onChange={setNote} error={errors.note ?? errors.at} maxLength={512} autoFocus isRequired />
          )}
        </FormDialog>
      )}
    </li>
  );
}
