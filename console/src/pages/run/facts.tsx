import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { tookOf } from '../../api/took';
import type { Run } from '../../api/types';
import { Panel } from '../../parts/page/panel';
import { Elapsed } from '../../parts/time/elapsed';
import { formatDuration, knownZone } from '../../parts/time/format';
import { formatReal } from '../../parts/time/real';
import { useShownZone } from '../../parts/time/preference';
import { Sentence } from '../../parts/sentence';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import styles from './run.module.css';

const words = texts.run.facts;

type Props = {
  run: Run;
  zone: string;
  tenant: string;
  /** Of a run under way: how many seconds it may take, if its schedule says so, and the version that is installed for it. */
  under: { limit: number | null | undefined; installed: string | undefined };
};

export function Facts({ run, zone, tenant, under }: Props) {
  const running = run.state === 'running';
  const version = run.version ?? (running ? under.installed : undefined);
  const shown = useShownZone(knownZone(zone));
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
    [words.late, late !== undefined && formatReal(late)],
    [words.took, took !== undefined && formatReal(took)],
    [words.elapsed, running && run.startedAt && <Elapsed since={run.startedAt} />],
    [words.limit, running && (under.limit == null ? words.hostLimit : formatDuration(under.limit * 1_000))],
    [words.waits, run.state === 'queued' && run.startedAt && time(run.availableAt)],
    [words.status, run.statusCode != null && String(run.statusCode)],
    [words.trigger, texts.parts.triggers[run.trigger] ?? run.trigger],
    [words.by, run.requestedBy],
    [words.note, run.note],
    [
      words.extension,
      run.extensionId && (
        <Link className={styles.inline} to="/t/$scope/installs/$installId" params={{ scope: tenant, installId: run.installId }}>
          {run.extensionId}
        </Link>
      ),
    ],
    [
      words.version,
      version && run.extensionId ? (
        <Link
          className={styles.inline}
          to="/t/$scope/extensions/$extensionId"
          params={{ scope: tenant, extensionId: run.extensionId }}
          search={{ version }}
        >
          {version}
        </Link>
      ) : (
        (version ?? (running && words.later))
      ),
    ],
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
    <Panel name={words.title} note={shown}>
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
