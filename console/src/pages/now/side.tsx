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
import { withTimes } from '../../parts/time/format';
import { FromNow, When } from '../../parts/time/when';
import { texts } from '../../texts';
import { lostOf } from '../nodes/standing';
import { nameOf } from '../schedules/columns';
import styles from './now.module.css';

const words = texts.now;

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
  const pauses = new Map<string, { pause: Pause; name: string }>();
  const named = (name: string, tenant: string) => (isAll(scope) ? words.ofTenant(name, tenant) : name);
  if (layer) {
    pauses.set(layer.layer, { pause: layer, name: layer.layer === 'tenant' ? scope : '' });
  }
  for (const schedule of schedules) {
    for (const pause of schedule.pauses ?? []) {
      const [key, name] =
        pause.layer === 'schedule'
          ? [schedule.id, named(nameOf(schedule), schedule.tenant)]
          : pause.layer === 'install'
            ? [`${schedule.tenant}/${schedule.installId}`, named(schedule.extensionId, schedule.tenant)]
            : pause.layer === 'tenant'
              ? [`tenant/${schedule.tenant}`, schedule.tenant]
              : ['host', ''];
      if (!(layer && pause.layer === layer.layer)) {
        pauses.set(key, { pause, name });
      }
    }
  }
  const shown = [...pauses.values()];
  const layers = words.paused.layers;
  return (
    <Panel name={words.paused.title} note={shown.length > 0 ? String(shown.length) : undefined} flush>
      {shown.length === 0 && <p className={styles.none}>{words.paused.none}</p>}
      {shown.slice(0, 8).map(({ pause, name }) => (
        <div key={`${pause.layer}${name}${pause.since}`} className={styles.need}>
          <Mark of="paused" />
          <div>
            <strong>{name ? words.paused.named(layers[pause.layer] ?? pause.layer, name) : layers[pause.layer]}</strong>
            <p>
              {pause.cause === 'asked' ? words.paused.quote(pause.note, pause.by) : pause.note}{' '}
              {pause.until ? (
                <>
                  {words.paused.until} <When at={pause.until} />
                </>
              ) : (
                <>
                  {words.paused.since} <When at={pause.since} />
                </>
              )}
            </p>
          </div>
        </div>
      ))}
      {(more || shown.length > 8) && (
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
              <strong>{entry.actor.kind === 'host' ? texts.audit.kinds.host : entry.actor.id}</strong> {texts.audit.actions[entry.action] ?? entry.action}
              {entry.detail && ` · ${withTimes(entry.detail, now())}`} · <FromNow at={entry.at} className={styles.muted} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
