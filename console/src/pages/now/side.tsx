import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { auditQuery } from '../../api/now';
import { nodesQuery } from '../../api/nodes';
import type { ListedSchedule, Pause } from '../../api/types';
import { isAll } from '../../app/scope-name';
import { own } from '../../app/own';
import { useMay } from '../../app/session';
import { Unread } from '../../parts/feedback/unread';
import { Mark } from '../../parts/outcome/mark';
import { Panel } from '../../parts/page/panel';
import { PausedList } from '../../parts/paused/paused-list';
import { pausesOver } from '../../parts/paused/pauses';
import { Sentence } from '../../parts/sentence';
import { FromNow } from '../../parts/time/when';
import { texts } from '../../texts';
import { detailOf, didOf, whoOf } from '../audit/said';
import { marks, presentOf } from '../nodes/standing';
import styles from './now.module.css';

const words = texts.now;
const most = 8;

type Props = { scope: string; schedules: readonly ListedSchedule[]; more: boolean; layer: Pause | undefined };

/** What is beside what needs somebody: what is paused, the nodes, and what was changed. */
export const Side = (props: Props) => (
  <>
    <PausedPanel {...props} />
    <NodesPanel />
    <ChangedPanel scope={props.scope} />
  </>
);

/** Each pause in force once, the widest first. Of those of more schedules than were read only so many are known, which the number says. */
function PausedPanel({ scope, schedules, more, layer }: Props) {
  const held = pausesOver(schedules, layer);
  return (
    <Panel name={words.paused.title} note={held.length > 0 ? words.paused.count(held.length, more) : undefined} flush>
      {held.length === 0 ? <p className={styles.none}>{words.paused.none}</p> : <PausedList held={held.slice(0, most)} />}
      {(more || held.length > most) && (
        <p className={styles.none}>
          <Link className={styles.inline} to="/t/$scope/schedules" params={{ scope }} search={{ paused: 'true' }}>
            {words.paused.all}
          </Link>
        </p>
      )}
    </Panel>
  );
}

function NodesPanel() {
  const may = useMay();
  const { data, error, refetch } = useQuery({ ...nodesQuery, enabled: may.seeAll });
  const shown = presentOf(data ?? []);
  if (!may.seeAll) {
    return null;
  }
  return (
    <Panel name={words.nodes.title} flush>
      {!data ? (
        <Unread of={{ error, refetch }} rows={2} />
      ) : shown.length === 0 ? (
        <p className={styles.none}>{words.nodes.none}</p>
      ) : (
        <ul className={styles.rows}>
          {shown.map((node) => (
            <li key={node.id}>
              <Mark of={marks[node.state] ?? 'never'}>{node.name}</Mark>
              <span className={styles.muted}>{texts.nodes.states[node.state] ?? node.state}</span>
              <span className={styles.muted}>{words.nodes.slots(node.slots)}</span>
              <FromNow at={node.seenAt} className={styles.muted} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ChangedPanel({ scope }: { scope: string }) {
  const { data, error, refetch } = useQuery(auditQuery(scope, 8));
  return (
    <Panel name={words.changed.title}>
      {!data ? (
        <Unread of={{ error, refetch }} rows={8} />
      ) : (
        <ul className={styles.changed}>
          {data.length === 0 && <li>{words.changed.none}</li>}
          {data.map((entry) => (
            <li key={entry.id}>
              {isAll(scope) && entry.tenant && <>{entry.tenant}: </>}
              <Sentence
                of={words.changed.did}
                who={<strong>{whoOf(entry)}</strong>}
                what={
                  <Link className={styles.inline} to="/t/$scope/audit" params={{ scope }} search={{ entry: entry.id }}>
                    {didOf(entry)}
                  </Link>
                }
              />
              {own(entry.names, entry.target) && ` · ${own(entry.names, entry.target)}`}
              {entry.detail && ` · ${detailOf(entry)}`} · <FromNow at={entry.at} className={styles.muted} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
