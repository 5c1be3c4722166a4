import { useSyncExternalStore } from 'react';
import { now, onTick } from '../../app/clock';
import { texts } from '../../texts';
import { formatRelative, formatTime, type Shown } from './format';
import { useTimeMode, type TimeMode } from './preference';

type Props = { at: string | null | undefined; zone?: string | undefined; shown?: Shown; as?: TimeMode; className?: string | undefined };

/** An instant. Its other forms (zone, UTC, from now) are shown while the pointer or the focus is on it, by `WhenHint`. */
export function When({ at, zone = 'UTC', shown = 'minute', as, className }: Props) {
  const mode = useTimeMode();
  const used = as ?? mode;
  const text = useSyncExternalStore(onTick, () => (at ? textOf(at, zone, shown, used) : ''));
  return at ? (
    <time dateTime={at} data-zone={zone} className={className}>
      {text}
    </time>
  ) : (
    <span className={className}>{texts.parts.time.never}</span>
  );
}

function textOf(at: string, zone: string, shown: Shown, mode: TimeMode): string {
  return mode === 'relative' ? formatRelative(at, now()) : formatTime(at, mode === 'utc' ? 'UTC' : zone, shown, now());
}

/** "in 3 h", kept up to date. */
export const FromNow = (props: Omit<Props, 'as'>) => <When {...props} as="relative" />;
