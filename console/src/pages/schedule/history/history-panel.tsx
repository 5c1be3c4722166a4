import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { upgradesQuery } from '../../../api/installs';
import { outagesQuery } from '../../../api/nodes';
import type { ScheduleAt } from '../../../api/runs';
import { definitionsQuery, historyQuery } from '../../../api/schedule';
import type { Schedule } from '../../../api/types';
import { now } from '../../../app/clock';
import { useMay } from '../../../app/session';
import { Button } from '../../../parts/button';
import { Unread } from '../../../parts/feedback/unread';
import { Choice } from '../../../parts/form/choice';
import { Panel } from '../../../parts/page/panel';
import { texts } from '../../../texts';
import { ranges } from '../search';
import { Picture } from './picture';
import { latestOf, shownAfter } from './span';

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
  const [opened] = useState(now);
  const [shown, setShown] = useState(() => shownAfter(undefined, opened, days, picked));
  const span = shownAfter(shown, opened, days, picked);
  if (span !== shown) {
    setShown(span);
  }
  const since = new Date(span.from).toISOString();
  const history = useQuery(historyQuery(at, since, span.latest ? undefined : new Date(span.to).toISOString()));
  const definitions = useQuery(definitionsQuery(at));
  // Nothing has happened yet in what lies ahead.
  const past = span.from < opened;
  const upgrades = useQuery({ ...upgradesQuery(at, since), enabled: past });
  const outages = useQuery({ ...outagesQuery(since), enabled: past && may.seeAll });
  return (
    <Panel
      name={words.title}
      note={words.hint}
      actions={
        <>
          {!span.latest && (
            <Button look="quiet" onPress={() => setShown(latestOf(opened, days, picked))}>
              {words.latest}
            </Button>
          )}
          <Choice
            label={words.range}
            quiet
            value={String(days)}
            options={ranges.map((range) => ({ value: String(range), text: words.ranges[range] ?? '' }))}
            onChange={(value) => onDays(Number(value))}
          />
        </>
      }
    >
      {history.data ? (
        <>
          <Picture
            schedule={schedule}
            runs={history.data.runs}
            definitions={definitions.data ?? none}
            outages={outages.data ?? none}
            upgrades={upgrades.data ?? none}
            span={span}
            picked={picked}
            onPick={onPick}
          />
          {!history.data.complete && <p>{words.cut}</p>}
        </>
      ) : (
        <Unread of={history} rows={5} height={20} />
      )}
    </Panel>
  );
}
