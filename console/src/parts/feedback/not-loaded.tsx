import { useEffect } from 'react';
import { texts } from '../../texts';
import { Button } from '../button';
import styles from './problem.module.css';

const each = 2_000;
const atMostEach = 60_000;
const key = 'escapement-reloaded';

// Where the host answers and the code still does not come, it is not asked for without end.
function reload(): void {
  if (Date.now() - Number(sessionStorage.getItem(key) ?? 0) > atMostEach) {
    sessionStorage.setItem(key, String(Date.now()));
    location.reload();
  }
}

/** In place of a page whose code did not come. As soon as the host answers the page is loaded anew, with whatever build is there now. */
export function NotLoadedYet() {
  useEffect(() => {
    const timer = setInterval(() => {
      fetch(location.href, { cache: 'no-store' }).then(
        (answer) => answer.ok && reload(),
        () => undefined,
      );
    }, each);
    return () => clearInterval(timer);
  }, []);
  const { title, kept, attempt } = texts.errors.notLoaded;
  return (
    <div className={styles.problem} role="alert">
      <strong>{title}</strong>
      <p className={styles.muted}>
        {kept} {attempt}
      </p>
      <div>
        <Button onPress={() => location.reload()}>{texts.errors.again}</Button>
      </div>
    </div>
  );
}
