import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import type { ListedSchedule, NotRunGroup } from '../../api/types';
import { isAll } from '../../app/scope-name';
import { useMay } from '../../app/session';
import { Button } from '../../parts/button';
import { Mark, type Outcome } from '../../parts/outcome/mark';
import { Panel } from '../../parts/page/panel';
import { WhyLink } from '../../parts/why-link';
import { texts } from '../../texts';
import { nameOf } from '../schedules/columns';
import { withoutRoutes } from '../why/remedy';
import { isMadeUp } from './needs';
import styles from './now.module.css';

const words = texts.now.needs;

type NeedProps = { of: Outcome; title?: string; sentence?: string; text: string; more?: ReactNode; children: ReactNode };

type Props = {
  scope: string;
  groups: readonly NotRunGroup[];
  failing: readonly ListedSchedule[];
  selfPaused: readonly ListedSchedule[];
  most: number;
  onPause: (schedule: ListedSchedule) => void;
  onResume: (schedule: ListedSchedule) => void;
};

/** What needs somebody, causes before counts, each with what to do about it. */
export function NeedsPanel({ scope, groups, failing, selfPaused, most, onPause, onResume }: Props) {
  const may = useMay();
  const named = (schedule: ListedSchedule) => (isAll(scope) ? texts.now.ofTenant(nameOf(schedule), schedule.tenant) : nameOf(schedule));
  const none = groups.length + failing.length + selfPaused.length === 0;
  return (
    <Panel name={words.title} note={words.note} flush>
      {none && <p className={styles.none}>{words.none}</p>}
      {selfPaused.slice(0, most).map((schedule) => (
        <Need key={schedule.id} of="paused" title={words.selfPaused(named(schedule))} text={schedule.lastError ?? schedule.pauses?.[0]?.note ?? ''}>
          <ScheduleLink schedule={schedule} />
          {may.change && <Button onPress={() => onResume(schedule)}>{words.resume}</Button>}
        </Need>
      ))}
      {failing.slice(0, most).map((schedule) => (
        <Need
          key={schedule.id}
          of="failed"
          title={words.failing(named(schedule), schedule.failuresInARow)}
          text={[schedule.lastError ?? '', (schedule.policy.pauseAfterFailures ?? 0) > 0 ? words.pauses(schedule.policy.pauseAfterFailures ?? 0) : '']
            .filter(Boolean)
            .join(' ')}
        >
          <ScheduleLink schedule={schedule} />
          {may.change && !schedule.pauses?.length && <Button onPress={() => onPause(schedule)}>{words.pause}</Button>}
        </Need>
      ))}
      {failing.length > most && (
        <Need of="failed" title={words.moreFailing(failing.length - most)} text="">
          <Link className={styles.link} to="/t/$scope/schedules" params={{ scope }} search={{ failing: 'true' }}>
            {words.all}
          </Link>
        </Need>
      )}
      {groups.map((group) => (
        <Need key={group.sentence} of={isMadeUp(group) ? 'succeeded' : group.open ? 'paused' : 'missed'} sentence={group.sentence} text={withoutRoutes(group.remedy)} more={<Examples tenant={scope} of={group} />}>
          {group.examples.slice(0, 1).map((example) => (
            <WhyLink key={example.at} className={styles.link} tenant={scope} of={example} at={example.at} />
          ))}
        </Need>
      ))}
      {isAll(scope) && <p className={styles.none}>{words.oneTenant}</p>}
    </Panel>
  );
}

/** Which schedules a cause is of, each leading to why. */
function Examples({ tenant, of: { examples, schedules } }: { tenant: string; of: NotRunGroup }) {
  return (
    <p>
      {examples.map((example, place) => (
        <Fragment key={example.scheduleId}>
          {place > 0 && ', '}
          <WhyLink className={styles.inline} tenant={tenant} of={example} at={example.at}>
            {example.name ?? words.unnamed}
          </WhyLink>
        </Fragment>
      ))}
      {schedules > examples.length && ` ${words.moreOf(schedules - examples.length)}`}
    </p>
  );
}

function ScheduleLink({ schedule }: { schedule: ListedSchedule }) {
  return (
    <Link
      className={styles.link}
      to="/t/$scope/schedules/$installId/$scheduleId"
      params={{ scope: schedule.tenant, installId: schedule.installId, scheduleId: schedule.id }}
      search={schedule.lastDueAt ? { at: schedule.lastDueAt } : {}}
    >
      {texts.parts.why}
    </Link>
  );
}

function Need({ of, title, sentence, text, more, children }: NeedProps) {
  return (
    <div className={styles.need}>
      <Mark of={of} />
      <div>
        {title ? <strong>{title}</strong> : sentence}
        {more}
        {text && <p>{text}</p>}
      </div>
      <div className={styles.do}>{children}</div>
    </div>
  );
}
