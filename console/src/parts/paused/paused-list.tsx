import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useScope } from '../../app/scope';
import { isAll } from '../../app/scope-name';
import { texts } from '../../texts';
import { Mark } from '../outcome/mark';
import { Sentence } from '../sentence';
import { When } from '../time/when';
import styles from './paused-list.module.css';
import type { Held } from './pauses';

const words = texts.parts.pause;

/** Pauses by what they lie over, with why, by whom and until when, on the clocks of a zone where the page is of one. */
export const PausedList = ({ held, zone }: { held: readonly Held[]; zone?: string | undefined }) => (
  <ul className={styles.list}>
    {held.map(({ pause, of }) => (
      <li key={`${pause.layer} ${of?.id ?? ''} ${pause.since}`}>
        <Mark of="paused" />
        <div>
          <strong>
            <Over layer={pause.layer} of={of} />
          </strong>
          <p>
            <Sentence
              of={pause.until ? words.untilWhen : words.since}
              what={pause.cause === 'asked' ? words.quote(pause.note, pause.by) : pause.note}
              at={<When at={pause.until ?? pause.since} zone={zone} />}
            />
          </p>
        </div>
      </li>
    ))}
  </ul>
);

/** Leads to what a pause holds: the schedule, the install, or all schedules that the tenant’s or the host’s holds. */
function Over({ layer, of }: { layer: string; of: Held['of'] }): ReactNode {
  const scope = useScope();
  const called = words.names[layer] ?? layer;
  const named = (name: string, tenant: string) => words.named(called, isAll(scope) ? texts.now.ofTenant(name, tenant) : name);
  if (of && layer === 'schedule') {
    return (
      <Link
        className={styles.link}
        to="/t/$scope/schedules/$installId/$scheduleId"
        params={{ scope: of.tenant, installId: of.installId, scheduleId: of.id }}
      >
        {named(of.name || of.endpoint, of.tenant)}
      </Link>
    );
  }
  if (of && layer === 'install') {
    return (
      <Link className={styles.link} to="/t/$scope/installs/$installId" params={{ scope: of.tenant, installId: of.installId }}>
        {named(of.extensionId, of.tenant)}
      </Link>
    );
  }
  const tenant = layer === 'tenant' ? (of?.tenant ?? scope) : undefined;
  return (
    <Link className={styles.link} to="/t/$scope/schedules" params={{ scope: tenant ?? scope }} search={{ paused: layer }}>
      {tenant ? words.named(called, tenant) : called}
    </Link>
  );
}
