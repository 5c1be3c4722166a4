import { useMemo } from 'react';
import type { Forecast } from '../../api/types';
import { now } from '../../app/clock';
import { CellGrid } from '../../parts/grid/cell-grid';
import { formatTime } from '../../parts/time/format';
import { number, texts } from '../../texts';
import { hourName, shortDay } from '../calendar/grid-of';
import { heatOf, heatSteps, peakOf, percentOf, rowsOf } from './heat';
import styles from './load.module.css';

const words = texts.load;

type HeatProps = {
  forecast: Forecast;
  zone: string;
  selected: string | undefined;
  onSelect: (at: string) => void;
  onOpen: ((at: string) => void) | undefined;
};

/** What the colours mean. */
export function Legend({ capacity, by }: Pick<Forecast, 'capacity' | 'by'>) {
  const steps = [words.legend.nothing, ...heatSteps(capacity).map(words.legend.upTo), ...(capacity != null ? [words.legend.above] : [])];
  return (
    <div className={styles.legend}>
      <span>{capacity == null ? words.legend.hottest : by === 'hour' ? words.legend.hour : words.legend.minute}</span>
      <ul>
        {steps.map((step, heat) => (
          <li key={step}>
            <span className={`${styles.swatch} ${styles[`heat${heat}`]}`} aria-hidden="true">
              {heat === 6 && '▲'}
            </span>
            {step}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The steps as cells, hotter the more comes due in them; numbers where there is room for them. */
export function Heat({ forecast, zone, selected, onSelect, onOpen }: HeatProps) {
  const { capacity, by, buckets } = forecast;
  const rows = useMemo(() => {
    const most = peakOf(buckets)?.occurrences ?? 0;
    return rowsOf({ buckets, by }, zone).map((row) => ({
      key: row.key,
      name: by === 'hour' ? shortDay(row.key) : hourName(Number(row.key.slice(11))),
      cells: row.cells.map(({ key, bucket }) => {
        if (!bucket) {
          return { key, label: '', look: styles.gap };
        }
        const said = words.count(bucket.occurrences);
        const heat = heatOf(bucket.occurrences, most, capacity);
        return {
          key,
          label: words.cell(
            formatTime(bucket.at, zone, 'minute', now()),
            capacity != null && bucket.occurrences > 0 ? words.of(said, percentOf(bucket.occurrences, capacity)) : said,
          ),
          look: styles[`heat${heat}`],
          content:
            by === 'hour' ? (
              <span className={styles.number}>
                {heat === 6 && '▲'}
                {bucket.occurrences > 0 && number(bucket.occurrences)}
              </span>
            ) : heat === 6 ? (
              <span className={styles.number}>▲</span>
            ) : undefined,
        };
      }),
    }));
  }, [buckets, by, capacity, zone]);
  const columns = useMemo(
    () =>
      Array.from({ length: by === 'hour' ? 24 : 60 }, (_, at) => ({
        key: String(at),
        name: at % (by === 'hour' ? 3 : 10) === 0 ? String(at).padStart(2, '0') : '',
        full: by === 'hour' ? hourName(at) : String(at).padStart(2, '0'),
      })),
    [by],
  );
  return (
    <CellGrid
      label={by === 'hour' ? words.weekLabel : words.dayLabel}
      look={by === 'hour' ? styles.week : styles.minutes}
      columns={columns}
      rows={rows}
      selected={selected}
      onSelect={onSelect}
      {...(onOpen ? { onOpen } : {})}
    />
  );
}
