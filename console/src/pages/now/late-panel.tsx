import type { Lateness } from '../../api/types';
import { now } from '../../app/clock';
import { Mark } from '../../parts/outcome/mark';
import { Panel } from '../../parts/page/panel';
import { formatRelative } from '../../parts/time/format';
import { texts } from '../../texts';
import { isLate } from './late';
import styles from './now.module.css';

const words = texts.now.late;

/** What is due and has not started, once that is for longer than claims take. */
export function LatePanel({ late }: { late: Lateness | undefined }) {
  return late && late.oldestWaitingAt && isLate(late) ? (
    <Panel name={words.title} flush>
      <div className={styles.need}>
        <Mark of="missed" />
        <div>
          <strong>{words.waiting(late.waiting, formatRelative(late.oldestWaitingAt, now()))}</strong>
          <p>{words.next}</p>
        </div>
      </div>
    </Panel>
  ) : null;
}
