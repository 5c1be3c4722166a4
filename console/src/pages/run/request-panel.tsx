import type { Run } from '../../api/types';
import { Panel } from '../../parts/page/panel';
import { texts } from '../../texts';
import styles from './run.module.css';

const words = texts.run.request;

/** What the run asked of its extension: the endpoint, and the payload as it is kept. */
export function RequestPanel({ request }: { request: NonNullable<Run['request']> }) {
  return (
    <Panel name={words.title}>
      <p>
        <code>
          {request.method} {request.path}
        </code>
      </p>
      {request.payload ? (
        <pre className={styles.payload} tabIndex={0} aria-label={words.payload}>
          {request.payload}
        </pre>
      ) : (
        <p className={styles.muted}>{request.payloadKept ? words.none : words.gone}</p>
      )}
    </Panel>
  );
}
