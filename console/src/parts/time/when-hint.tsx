import { useEffect, useState } from 'react';
import { now } from '../../app/clock';
import { texts } from '../../texts';
import { formatRelative, formatTime } from './format';
import styles from './when-hint.module.css';

type Hint = { left: number; top: number; lines: string[] };

/** One hint for all times of the page: a table of hundreds needs no more than this one listener. */
export function WhenHint() {
  const [hint, setHint] = useState<Hint>();
  useEffect(() => {
    const show = (event: Event) => setHint(hintOf(event.target as Element));
    const hide = (event: KeyboardEvent) => event.key === 'Escape' && setHint(undefined);
    addEventListener('pointerover', show);
    addEventListener('focusin', show);
    addEventListener('keydown', hide);
    return () => {
      removeEventListener('pointerover', show);
      removeEventListener('focusin', show);
      removeEventListener('keydown', hide);
    };
  }, []);
  return hint ? (
    <div className={styles.hint} role="tooltip" style={{ left: hint.left, top: hint.top }}>
      {hint.lines.map((line) => (
        <div key={line}>{line}</div>
      ))}
    </div>
  ) : null;
}

function hintOf(target: Element): Hint | undefined {
  if (!(target instanceof Element)) {
    return undefined;
  }
  // A row that has the focus shows its first time.
  const time = target.closest('time') ?? (target.matches('[role=row], [data-times]') ? target.querySelector('time') : null);
  const at = time?.getAttribute('datetime');
  if (!time || !at) {
    return undefined;
  }
  const zone = time.getAttribute('data-zone') ?? 'UTC';
  const place = time.getBoundingClientRect();
  const utc = texts.parts.time.utc(formatTime(at, 'UTC', 'full', now()));
  const own = zone === 'UTC' ? [] : [`${formatTime(at, zone, 'full', now())} ${zone}`];
  const below = place.bottom + 84 < innerHeight;
  return {
    left: Math.max(8, Math.min(place.left, innerWidth - 340)),
    top: below ? place.bottom + 4 : place.top - 76,
    lines: [...own, utc, formatRelative(at, now())],
  };
}
