import { Button } from 'react-aria-components/Button';
import { useConnection } from '../../live/connection';
import { IconButton } from '../../parts/button';
import { texts } from '../../texts';
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
        <kbd>Ctrl K</kbd>
      </Button>
      <span className={`${styles.live} ${styles[connection]}`} title={hint}>{words.connection[connection]}</span>
    </header>
  );
}

/** Said once for as long as it lasts. */
export function AwayBanner() {
  const connection = useConnection();
  return (
    <div role="status">{connection === 'away' && <div className={styles.banner}>{words.connection.awayBanner}</div>}</div>
  );
}
