import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { outagesQuery } from '../../api/nodes';
import { now } from '../../app/clock';
import { Unread } from '../../parts/feedback/unread';
import { Panel } from '../../parts/page/panel';
import { formatDuration } from '../../parts/time/format';
import { Sentence } from '../../parts/sentence';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import styles from './nodes.module.css';
import { joined } from './standing';

const words = texts.nodes.outages;
const day = 86_400_000;
const most = 12;

/** Times in which nothing could fire, the latest first. */
export function OutagesPanel() {
  // From a whole hour, so that the question stays the same while somebody looks.
  const since = useMemo(() => new Date(Math.floor((now() - 30 * day) / 3_600_000) * 3_600_000).toISOString(), []);
  const { data, error, refetch } = useQuery(outagesQuery(since));
  const outages = useMemo(() => joined(data ?? []), [data]);
  return (
    <Panel name={words.title} note={words.note}>
      {!data ? (
        <Unread of={{ error, refetch }} rows={3} />
      ) : outages.length === 0 ? (
        <p className={styles.muted}>{words.none}</p>
      ) : (
        <ul className={styles.outages}>
          {outages.slice(0, most).map((outage) => (
            <li key={outage.from}>
              <Sentence
                of={words.lasted}
                at={<When at={outage.from} />}
                how={formatDuration(Date.parse(outage.to) - Date.parse(outage.from))}
              />
              <small>
                {outage.drained ? words.drained(outage.drained.node, outage.drained.by) : outage.stopped ? words.stopped : words.lost} · {words.back(outage.node)}
              </small>
            </li>
          ))}
          {outages.length > most && <li className={styles.muted}>{words.more(outages.length - most)}</li>}
        </ul>
      )}
    </Panel>
  );
}
