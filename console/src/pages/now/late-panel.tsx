import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { nodesQuery } from '../../api/nodes';
import type { Lateness, Node } from '../../api/types';
import { now } from '../../app/clock';
import { useScope } from '../../app/scope';
import { useMay } from '../../app/session';
import { Panel } from '../../parts/page/panel';
import { Sentence } from '../../parts/sentence';
import { formatRelative } from '../../parts/time/format';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import { idleOf } from '../nodes/standing';
import { Need } from './need';
import styles from './now.module.css';

const words = texts.now;

/** What is due and does not start: because no node takes work, and why that is, or because it waits for longer than claims take. */
export default function LatePanel({ late }: { late: Lateness }) {
  const { seeAll } = useMay();
  const scope = useScope();
  const idle = !late.takesWork;
  const waiting = late.oldestWaitingAt ? words.late.waiting(late.waiting, formatRelative(late.oldestWaitingAt, now())) : '';
  const next = seeAll ? words.late.next : words.late.ask;
  return (
    <Panel name={idle ? words.idle.title : words.late.title} flush>
      <Need
        of="missed"
        title={idle ? words.idle.text : waiting}
        more={
          idle && (
            <>
              {waiting && <p>{waiting}</p>}
              {seeAll && <Idle />}
            </>
          )
        }
        text={!idle ? next : seeAll ? '' : words.idle.ask}
      >
        {seeAll && (
          <Link className={styles.link} to="/t/$scope/nodes" params={{ scope }}>
            {texts.shell.pages.nodes}
          </Link>
        )}
      </Need>
    </Panel>
  );
}

/** Why each node takes nothing, of those that fire. */
function Idle() {
  const { data } = useQuery(nodesQuery);
  return idleOf(data ?? []).map((node) => (
    <p key={node.id}>
      <WhyIdle of={node} />
    </p>
  ));
}

const WhyIdle = ({ of: { name: node, drained, drainingSince, seenAt } }: { of: Node }) =>
  drained ? (
    <Sentence of={words.idle.drained} node={node} by={drained.by} at={<When at={drained.since} />} note={drained.note} />
  ) : (
    <Sentence of={drainingSince ? words.idle.stopping : words.idle.silent} node={node} at={<When at={drainingSince ?? seenAt} />} />
  );
