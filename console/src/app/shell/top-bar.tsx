import { useSyncExternalStore } from 'react';
import { Button } from 'react-aria-components/Button';
import { useConnection } from '../../live/connection';
import { useWhyOld } from '../../live/failed';
import { IconButton } from '../../parts/button';
import { explain } from '../../parts/feedback/problem';
import { formatTime, ownZone } from '../../parts/time/format';
import { texts } from '../../texts';
import { clockApart, now, onTick } from '../clock';
import styles from './top-bar.module.css';

const words = texts.shell;

/** The way into the palette and the pages, and how the page keeps up. */
export function TopBar({ onFind, onPages, pagesOpen }: { onFind: () => void; onPages: () => void; pagesOpen: boolean }) {
  const connection = useConnection();
  const said = words.connection;
  const hint = { joining: said.joiningHint, live: said.liveHint, asking: said.askingHint, away: said.awayBanner }[connection];
  return (
    <header className={styles.bar}>
      <div className={styles.pages}>
        <IconButton name={pagesOpen ? words.closeNavigation : words.openNavigation} onPress={onPages} aria-expanded={pagesOpen} aria-controls="rail">
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M2 4h12M2 8h12M2 12h12" stroke="currentColor" strokeWidth="1.6" /></svg>
        </IconButton>
      </div>
      <Button className={styles.find} onPress={onFind}>
        <span>{words.palette.button}</span>
        <kbd>{words.palette.keys}</kbd>
      </Button>
      <OtherClock />
      <span className={`${styles.live} ${styles[connection]}`} title={hint}>{words.connection[connection]}</span>
    </header>
  );
}

/** A word on a clock of the host's that is not the reader's, so that nobody takes its times for wrong ones. */
function OtherClock() {
  const clock = useSyncExternalStore(onTick, clockApart);
  if (clock === undefined) {
    return null;
  }
  const time = formatTime(now(), ownZone(), 'minute', now());
  return clock === 'elsewhen' ? (
    <span className={styles.clock} title={words.clock.elsewhenHint(time)}>{words.clock.elsewhen}</span>
  ) : (
    <span className={styles.clock} title={words.clock.fastHint(clock, time)}>{words.clock.fast(clock)}</span>
  );
}

/** Said once for as long as it lasts: that nothing answers, or why something of the page is as it was a while ago. */
export function AwayBanner() {
  const away = useConnection() === 'away';
  const whyOld = useWhyOld();
  const text = away ? words.connection.awayBanner : whyOld ? words.connection.old(explain(whyOld).title) : undefined;
  return <div role="status">{text && <div className={styles.banner}>{text}</div>}</div>;
}
