import { useMemo, useState } from 'react';
import type { LogLine, Run } from '../../api/types';
import { Choice } from '../../parts/form/choice';
import { Search } from '../../parts/form/search';
import { Panel } from '../../parts/page/panel';
import { When } from '../../parts/time/when';
import { texts } from '../../texts';
import styles from './run.module.css';

const words = texts.run.log;

/** The lines of a log that hold what is searched for, of a level. */
export function linesOf(log: readonly LogLine[], search: string, level: string): LogLine[] {
  const wanted = search.trim().toLowerCase();
  return log.filter((line) => (level === '' || line.level === level) && line.message.toLowerCase().includes(wanted));
}

/** What the extension wrote. */
export function LogPanel({ run, zone }: { run: Run; zone: string }) {
  const [search, setSearch] = useState('');
  const [level, setLevel] = useState('');
  const log = run.evidence?.log;
  const levels = useMemo(() => [...new Set(log?.map((line) => line.level) ?? [])], [log]);
  const shown = useMemo(() => linesOf(log ?? [], search, level), [log, search, level]);
  const running = run.state === 'running' || run.state === 'queued';
  if (!run.startedAt) {
    return null;
  }
  return (
    <Panel name={words.title} note={log && log.length > 0 ? words.lines(log.length) : undefined}>
      {log && log.length > 0 && (
        <div className={styles.tools}>
          <Search label={words.search} value={search} onChange={setSearch} />
          {levels.length > 1 && (
            <Choice
              label={words.level}
              quiet
              value={level || 'all'}
              options={[{ value: 'all', text: words.levels.all ?? '' }, ...levels.map((one) => ({ value: one, text: words.levels[one] ?? one }))]}
              onChange={(value) => setLevel(value === 'all' ? '' : value)}
            />
          )}
        </div>
      )}
      {!log ? (
        <p className={styles.muted}>{running ? words.open : words.notKept}</p>
      ) : log.length === 0 ? (
        <p className={styles.muted}>{running ? words.open : words.empty}</p>
      ) : shown.length === 0 ? (
        <p className={styles.muted}>{words.none}</p>
      ) : (
        <div className={styles.log} tabIndex={0} role="log" aria-label={words.title}>
          {shown.map((line, place) => (
            <div key={place} className={styles.line}>
              <When at={line.at} zone={zone} shown="clock" />
              <b className={line.level === 'error' ? styles.bad : styles.level}>{words.levels[line.level] ?? line.level}</b>
              <span>{line.message}</span>
            </div>
          ))}
        </div>
      )}
      {run.evidence && run.evidence.droppedLogLines > 0 && <p className={styles.muted}>{words.dropped(run.evidence.droppedLogLines)}</p>}
    </Panel>
  );
}
