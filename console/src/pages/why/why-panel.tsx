import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isRefused } from '../../api/problem';
import type { ScheduleAt } from '../../api/runs';
import { whyQuery } from '../../api/schedule';
import { Button } from '../../parts/button';
import { Unread } from '../../parts/feedback/unread';
import { Panel } from '../../parts/page/panel';
import { texts } from '../../texts';
import { AskInstant } from './ask-instant';
import { WhyActions } from './why-actions';
import { WhyAnswer } from './why-answer';
import styles from './why.module.css';

const words = texts.why;

type Props = { at: ScheduleAt; name: string; zone: string; instant: string | undefined; onInstant: (instant: string) => void; link?: ReactNode };

/** Why it ran, did not, will or will not at an instant: the picked one, or the latest that was due. */
export function WhyPanel({ at, name, zone, instant, onInstant, link }: Props) {
  const { data, error, refetch } = useQuery({ ...whyQuery(at, instant), placeholderData: keepPreviousData });
  return (
    <Panel name={words.title} actions={link}>
      {!data ? (
        isRefused(error, 'not-found') ? <p>{words.nothing}</p> : <Unread of={{ error, refetch }} rows={8} />
      ) : (
        <>
          <WhyAnswer at={at} zone={zone} why={data} actions={<WhyActions at={at} name={name} why={data} />} />
          <div className={styles.around}>
            {data.before ? <Button look="quiet" onPress={() => onInstant(data.before ?? '')}>← {words.before}</Button> : <span />}
            {data.after && <Button look="quiet" onPress={() => onInstant(data.after ?? '')}>{words.after} →</Button>}
          </div>
        </>
      )}
      <AskInstant zone={zone} onInstant={onInstant} />
    </Panel>
  );
}
