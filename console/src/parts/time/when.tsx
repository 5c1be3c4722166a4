import { useSyncExternalStore } from 'react';
import { now, onTick } from '../../app/clock';
import { texts } from '../../texts';
import { formatRelative, formatTime, type Shown } from './format';
import { useTimeMode, type TimeMode } from './preference';

type Props = {
  at: string | null | undefined;
  zone?: string | undefined;
  /** On whose clocks it stands where a list of several zones has one for all, which is said of UTC; its own zone is in the hint. */
  on?: string | undefined;
  shown?: Shown;
  as?: TimeMode;
  className?: string | undefined;
};

/**
 * An instant; without a zone in UTC, which it says then. Its other forms (zone, UTC, from now) are shown while the pointer or the focus is on it,
 * by `WhenHint`.
 */
export function When({ at, zone: given, on, shown = 'minute', as, className }: Props) {
  const mode = useTimeMode();
  const zone = given ?? 'UTC';
  const used = as ?? mode;
  const text = useSyncExternalStore(onTick, () => (at ? textOf(at, on ?? zone, shown, used, on === undefined ? given === undefined : on === 'UTC') : ''));
  return at ? (
    <time dateTime={at} data-zone={zone} className={className}>
      {text}
    </time>
  ) : (
    <span className={className}>{texts.parts.time.never}</span>
  );
}

function textOf(at: string, zone: string, shown: Shown, mode: TimeMode, says: boolean): string {
  if (mode === 'relative') {
    return formatRelative(at, now());
  }
  const text = formatTime(at, mode === 'utc' ? 'UTC' : zone, shown, now());
  return says ? texts.parts.time.utc(text) : text;
}

/** "in 3 h", kept up to date. */
export const FromNow = (props: Omit<Props, 'as'>) => <When {...props} as="relative" />;
