import { lazy, Suspense, useState } from 'react';
import type { Pause } from '../../api/types';
import { useMay } from '../../app/session';
import { texts } from '../../texts';
import { Button } from '../button';
import { Mark } from '../outcome/mark';
import { Sentence } from '../sentence';
import { When } from '../time/when';
import { layerOf, type Held, type Over } from './pauses';
import styles from './pause-notice.module.css';

const ResumeLayerDialog = lazy(() => import('./resume-layer-dialog'));
const words = texts.parts.pause;

type Props = {
  pause: Pause;
  zone?: string | undefined;
  /** Leads to its end from here; without it another button of the page does, or none. */
  of?: Over | undefined;
};

/** A pause in force: why, by whom, from when to when, what becomes of what came due meanwhile, and the way to its end for whoever may end it. */
export function PauseNotice({ pause, zone, of }: Props) {
  const may = useMay();
  const [open, setOpen] = useState(false);
  const operators = pause.byOperator || pause.layer === 'host';
  return (
    <div className={styles.notice}>
      <Mark of="paused">{words.notice(words.holders[pause.layer] ?? pause.layer, pause.note, words.by(pause.by))}</Mark>
      <span>
        <Sentence
          of={pause.until ? words.sinceUntil : words.sinceOnly}
          at={<When at={pause.since} zone={zone} />}
          until={pause.until && <When at={pause.until} zone={zone} />}
        />
      </span>
      {of && may.change && (!operators || may.operate) && <Button onPress={() => setOpen(true)}>{words.resume[of.at.layer]}</Button>}
      <p className={styles.end}>
        {words.onEnd[pause.onEnd]} {operators && !may.operate && words.operators}
      </p>
      {open && of && (
        <Suspense>
          <ResumeLayerDialog {...of} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Those that hold all that a page lists, of a tenant or of all. */
export const PauseNotices = ({ held, tenant }: { held: readonly Held[]; tenant: string }) =>
  held.length > 0 && (
    <div className={styles.notices}>
      {held.map(({ pause }) => (
        <PauseNotice key={pause.layer} pause={pause} of={layerOf(pause, { tenant, installId: '' })} />
      ))}
    </div>
  );
