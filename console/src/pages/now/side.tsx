import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { auditQuery } from '../../api/now';
import { nodesQuery } from '../../api/nodes';
import type { ListedSchedule, Pause } from '../../api/types';
import { isAll } from '../../app/scope-name';
import { now } from '../../app/clock';
import { useMay } from '../../app/session';
import { Problem } from '../../parts/feedback/problem';
import { Mark } from '../../parts/outcome/mark';
import { Panel } from '../../parts/page/panel';
import { PausedList } from '../../parts/paused/paused-list';
import { pausesOver } from '../../parts/paused/pauses';
import { withTimes } from '../../parts/time/format';
import { FromNow } from '../../parts/time/when';
import { texts } from '../../texts';
import { lostOf } from '../nodes/standing';
import styles from './now.module.css';

const words = texts.now;
const most = 8;

/** Each pause in force once: the widest of them stand for all that is below. */
export function PausedPanel({
  scope,
  schedules,
  more,
  layer,
}: {
  scope: string;
  schedules: readonly ListedSchedule[];
  more: boolean;
  layer: Pause | undefined;
}) {
  const held = pausesOver(schedules, layer);
  return (
    <Panel name={words.paused.title} note={held.length > 0 ? String(held.length) : undefined} flush>
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

export function NodesPanel() {
  const may = useMay();
  const { data, error } = useQuery({ ...nodesQuery, enabled: may.seeAll });
  const shown = data ? [...data.filter((node) => node.state === 'up'), ...lostOf(data)] : [];
  if (!may.seeAll) {
    return null;
  }
  return (
    <Panel name={words.nodes.title} flush>
      {error ? (
        <Problem error={error} compact />
      ) : shown.length === 0 && data ? (
        <p className={styles.none}>{words.nodes.none}</p>
      ) : (
        <ul className={styles.rows}>
          {shown.map((node) => (
            <li key={node.id}>
              <Mark of={node.state === 'up' ? 'succeeded' : 'failed'}>{node.name}</Mark>
              <span className={styles.muted}>{words.nodes.states[node.state] ?? node.state}</span>
              <span className={styles.muted}>{words.nodes.slots(node.slots)}</span>
              <FromNow at={node.seenAt} className={styles.muted} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

export function ChangedPanel({ scope }: { scope: string }) {
  const { data, error } = useQuery(auditQuery(scope, 8));
  return (
    <Panel name={words.changed.title}>
      {error ? (
        <Problem error={error} compact />
      ) : (
        <ul className={styles.changed}>
          {data?.length === 0 && <li>{words.changed.none}</li>}
          {data?.map((entry) => (
            <li key={entry.id}>
              {isAll(scope) && entry.tenant && <>{entry.tenant}: </>}
              <strong>{entry.actor.kind === 'host' ? texts.audit.kinds.host : entry.actor.id}</strong>{' '}
              <Link className={styles.inline} to="/t/$scope/audit" params={{ scope }} search={{ entry: entry.id }}>
                {texts.audit.actions[entry.action] ?? entry.action}
              </Link>
              {entry.target && entry.names?.[entry.target] && ` · ${entry.names[entry.target]}`}
              {entry.detail && ` · ${withTimes(entry.detail, now())}`} · <FromNow at={entry.at} className={styles.muted} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
