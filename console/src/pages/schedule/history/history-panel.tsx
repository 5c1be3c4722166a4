import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { outagesQuery } from '../../../api/nodes';
import type { ScheduleAt } from '../../../api/runs';
import { definitionsQuery, historyQuery } from '../../../api/schedule';
import type { Schedule } from '../../../api/types';
import { now } from '../../../app/clock';
import { useMay } from '../../../app/session';
import { Problem } from '../../../parts/feedback/problem';
import { Skeleton } from '../../../parts/feedback/skeleton';
import { Choice } from '../../../parts/form/choice';
import { Panel } from '../../../parts/page/panel';
import { texts } from '../../../texts';
import { ranges } from '../search';
import { Picture } from './picture';

const words = texts.schedule.history;
const none: never[] = [];

type Props = {
  at: ScheduleAt;
  schedule: Schedule;
  days: number;
  onDays: (days: number) => void;
  picked: string | undefined;
  onPick: (at: string) => void;
};

export function HistoryPanel({ at, schedule, days, onDays, picked, onPick }: Props) {
  const may = useMay();
  // The beginning stays where it is while the page is open, so that the picture is read again and not another one.
  const [opened] = useState(now);
  const since = useMemo(() => new Date(Math.floor((opened - days * 86_400_000) / 60_000) * 60_000).toISOString(), [days, opened]);
  const history = useQuery(historyQuery(at, since));
  const definitions = useQuery(definitionsQuery(at));
  const outages = useQuery({ ...outagesQuery(since), enabled: may.seeAll });
  return (
    <Panel
      name={words.title}
      note={words.hint}
      actions={
        <Choice
          label={words.range}
          quiet
          value={String(days)}
          options={ranges.map((range) => ({ value: String(range), text: words.ranges[range] ?? '' }))}
          onChange={(value) => onDays(Number(value))}
        />
      }
    >
      {history.error && !history.data ? (
        <Problem error={history.error} compact onRetry={() => void history.refetch()} />
      ) : history.data ? (
        <>
          <Picture
            schedule={schedule}
            runs={history.data.runs}
            definitions={definitions.data ?? none}
            outages={outages.data ?? none}
            days={days}
            picked={picked}
            onPick={onPick}
          />
          {!history.data.complete && <p>{words.cut}</p>}
        </>
      ) : (
        <Skeleton rows={5} height={20} />
      )}
    </Panel>
  );
}
