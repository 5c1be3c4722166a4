import { useRef } from 'react';
import type { Forecast } from '../../api/types';
import { now } from '../../app/clock';
import { useWidth } from '../../parts/table/use-width';
import { formatTime } from '../../parts/time/format';
import { texts } from '../../texts';
import styles from './now.module.css';

const words = texts.now.hour;
const height = 92;
const foot = 18;

/** What a clock of a zone shows at an instant. */
export const clockOf = (at: string, zone: string) => formatTime(at, zone, 'time', now());

/** The next hour by minute, on the clocks of a zone, against what all slots carry in a minute. */
export function HourStrip({ forecast, zone }: { forecast: Forecast; zone: string }) {
  const box = useRef<HTMLDivElement>(null);
  const width = Math.max(200, useWidth(box));
  const { buckets } = forecast;
  const capacity = forecast.capacity ?? undefined;
  // The line of the capacity is shown where the bars come near it; far above them it would press them flat.
  const highest = Math.max(1, ...buckets.map((bucket) => bucket.occurrences));
  const most = capacity !== undefined && capacity < highest * 2.5 ? Math.max(highest, capacity * 1.1) : highest * 1.15;
  const step = width / Math.max(1, buckets.length);
  const total = buckets.reduce((sum, bucket) => sum + bucket.occurrences, 0);
  return (
    <div ref={box}>
      <svg width={width} height={height + foot} className={styles.strip} role="img" aria-label={words.label(total)}>
        {buckets.map((bucket, place) => {
          const tall = bucket.occurrences === 0 ? 0 : Math.max(2, (bucket.occurrences / most) * (height - 16));
          const over = capacity !== undefined && bucket.occurrences > capacity;
          return (
            <g key={bucket.at}>
              <rect
                x={place * step}
                y={height - tall}
                width={Math.max(1, step - 3)}
                height={tall}
                rx="1.5"
                className={over ? styles.over : styles.bar}
              >
                <title>{words.bar(clockOf(bucket.at, zone), bucket.occurrences)}</title>
              </rect>
              {place % 15 === 0 && place < 60 && (
                <text x={place * step} y={height + 14}>
                  {clockOf(bucket.at, zone)}
                </text>
              )}
            </g>
          );
        })}
        <line x1="0" x2={width} y1={height} y2={height} className={styles.rule} />
        {capacity !== undefined && capacity <= most && (
          <>
            <line
              x1="0"
              x2={width}
              y1={height - (capacity / most) * (height - 16)}
              y2={height - (capacity / most) * (height - 16)}
              className={styles.capacity}
            />
            <text x={width} y="10" textAnchor="end">
              {words.capacity(capacity)}
            </text>
          </>
        )}
      </svg>
    </div>
  );
}
