import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { tookOf } from '../../api/took';
import type { Run } from '../../api/types';
import { Panel } from '../../parts/page/panel';
import { formatDuration, knownZone } from '../../parts/time/format';
import { useTimeMode } from '../../parts/time/preference';
import { Sentence } from '../../parts/sentence';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import styles from './run.module.css';

const words = texts.run.facts;

export function Facts({ run, zone, tenant }: { run: Run; zone: string; tenant: string }) {
  const mode = useTimeMode();
  const took = tookOf(run);
  const late = run.startedAt && run.attempt <= 1 && run.trigger === 'schedule' ? Date.parse(run.startedAt) - Date.parse(run.dueAt) : undefined;
  const time = (at: string | null | undefined) => at && <When at={at} zone={zone} shown="second" />;
  const facts: [string, ReactNode][] = [
    [words.due, time(run.dueAt)],
    [words.occurrence, run.occurrence && run.occurrence !== run.dueAt && time(run.occurrence)],
    [
      words.count,
      run.missed && (
        <>
          {texts.run.several(run.missed.count)}
          <br />
          <Sentence of={words.span} from={time(run.missed.from)} to={time(run.missed.to)} />
        </>
      ),
    ],
    [words.started, time(run.startedAt)],
    [words.finished, time(run.finishedAt)],
    [words.late, late !== undefined && formatDuration(late)],
    [words.took, took !== undefined && formatDuration(took)],
    [words.waits, run.state === 'queued' && run.startedAt && time(run.availableAt)],
    [words.status, run.statusCode != null && String(run.statusCode)],
    [words.trigger, texts.parts.triggers[run.trigger] ?? run.trigger],
    [words.by, run.requestedBy],
    [words.note, run.note],
    [words.version, run.version],
    [words.node, run.node],
    [
      words.repeats,
      run.repeats && (
        <Link className={styles.inline} to="/t/$scope/runs/$runId" params={{ scope: tenant, runId: run.repeats }}>
          {run.repeats}
        </Link>
      ),
    ],
    [words.trace, run.traceId && <code key="trace">{run.traceId}</code>],
    [words.id, <code key="id">{run.id}</code>],
  ];
  return (
    <Panel name={words.title} note={mode === 'utc' ? 'UTC' : knownZone(zone)}>
      <dl className={styles.facts}>
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </Panel>
  );
}
