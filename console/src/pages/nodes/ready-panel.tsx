import { useQuery } from '@tanstack/react-query';
import { readyQuery } from '../../api/ready';
import { Unread } from '../../parts/feedback/unread';
import { Mark } from '../../parts/outcome/mark';
import { Panel } from '../../parts/page/panel';
import { list, texts } from '../../texts';
import styles from './nodes.module.css';

const words = texts.nodes.ready;

/** What the node that answers finds of itself: its checks, what fails, and what works and still needs somebody. */
export function ReadyPanel() {
  const { data, error, refetch } = useQuery(readyQuery);
  return (
    <Panel name={words.title} note={words.note}>
      {!data ? (
        <Unread of={{ error, refetch }} rows={4} />
      ) : (
        <>
          <dl className={styles.checks}>
            {Object.entries(data.checks)
              .filter(([, state]) => state != null)
              .map(([check, state]) => (
                <div key={check}>
                  <dt>{words.checks[check] ?? check}</dt>
                  <dd>
                    <Mark of={state === 'ok' ? 'succeeded' : 'failed'}>{state === 'ok' ? words.ok : words.failing}</Mark>
                  </dd>
                </div>
              ))}
          </dl>
          {[...(data.problems ?? []), ...(data.warnings ?? [])].length > 0 && (
            <ul className={styles.said}>
              {data.problems?.map((problem) => (
                <li key={problem}>
                  <Mark of="failed">{problem}</Mark>
                </li>
              ))}
              {data.warnings?.map((warning) => (
                <li key={warning}>
                  <Mark of="abandoned">{warning}</Mark>
                </li>
              ))}
            </ul>
          )}
          {data.confinements && data.confinements.length > 0 && <p className={styles.muted}>{words.confined(list(data.confinements))}</p>}
        </>
      )}
    </Panel>
  );
}
