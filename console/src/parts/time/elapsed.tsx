import { useSyncExternalStore } from 'react';
import { now, onTick, realMs } from '../../app/clock';
import { formatDuration } from './format';

/** How long ago an instant was, in real time, second by second. */
export function Elapsed({ since }: { since: string }) {
  return <>{useSyncExternalStore(onTick, () => formatDuration(Math.floor(realMs(now() - Date.parse(since)) / 1_000) * 1_000))}</>;
}
