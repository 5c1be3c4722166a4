import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { withReading } from '../../api/audit';
import { drainNode, resumeNode } from '../../api/nodes';
import type { Node } from '../../api/types';
import { refreshAll } from '../../app/refresh-all';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog/dialog';
import { say, sayProblem } from '../../parts/feedback/toasts';
import { Mark } from '../../parts/outcome/mark';
import { formatDuration } from '../../parts/time/format';
import { formatReal } from '../../parts/time/real';
import { FromNow, When } from '../../parts/time/when';
import { number, texts } from '../../texts';
import { clockOf, drainOf, markOf, roleOf } from './columns';
import styles from './nodes.module.css';

const words = texts.nodes;

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** All that is known of a node, also where its row has no room for that. */
export function NodeDialog({ node, onDrain, onClose }: { node: Node; onDrain: () => void; onClose: () => void }) {
  const may = useMay();
  const drain = drainOf(node);
  return (
    <Dialog
      title={node.name}
      onClose={onClose}
      footer={
        may.operate &&
        (node.drained && node.state === 'draining' && !node.drainingSince ? (
          <ResumeButton node={node} note={node.drained.note} onDone={onClose} />
        ) : (
          node.state === 'up' && node.slots > 0 && <Button onPress={onDrain}>{words.drain.button}</Button>
        ))
      }
    >
      <dl className={styles.checks}>
        <Fact name={words.columns.state}>
          <Mark of={markOf(node)}>{words.states[node.state] ?? node.state}</Mark>
        </Fact>
        {(node.drained || node.drainingSince) && (
          <Fact name={words.drainingSince}>
            <When at={node.drained?.since ?? node.drainingSince ?? ''} />
          </Fact>
        )}
        {node.drained && <Fact name={words.drainedBy}>{node.drained.by}</Fact>}
        {node.drained && <Fact name={words.drainedFor}>{node.drained.note}</Fact>}
        <Fact name={words.columns.role}>{roleOf(node)}</Fact>
        <Fact name={words.columns.slots}>{number(node.slots)}</Fact>
        <Fact name={words.columns.mean}>
          {node.meanRunMs == null ? words.noRuns : words.meanOf(formatDuration(node.meanRunMs), node.meanRunOf ?? 0)}
        </Fact>
        <Fact name={words.columns.clock}>{clockOf(node)}</Fact>
        <Fact name={words.columns.store}>{node.storeMs == null ? words.notKnown : formatReal(node.storeMs)}</Fact>
        <Fact name={words.columns.version}>{node.version}</Fact>
        <Fact name={words.columns.started}>
          <When at={node.startedAt} />
        </Fact>
        <Fact name={node.stoppedAt ? words.stoppedAt : words.columns.seen}>
          <FromNow at={node.stoppedAt ?? node.seenAt} />
        </Fact>
        <Fact name={words.id}>
          <code>{node.id}</code>
        </Fact>
      </dl>
      {drain && <p className={styles.muted}>{drain}</p>}
    </Dialog>
  );
}

function ResumeButton({ node, note, onDone }: { node: Node; note: string; onDone: () => void }) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const refresh = () => refreshAll(client);
  async function resume(): Promise<void> {
    setBusy(true);
    try {
      await resumeNode(node.id);
      say(words.resume.done(node.name), withReading(() => drainNode(node.id, note), refresh), node.id);
      onDone();
    } catch (error) {
      sayProblem(error);
      setBusy(false);
    }
    await refresh();
  }
  return (
    <Button look="main" isPending={busy} onPress={() => void resume()}>
      {words.resume.button}
    </Button>
  );
}
