import { useMemo, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { Upgrade } from '../../../api/installs';
import type { Definition, Outage, Run, Schedule } from '../../../api/types';
import { now } from '../../../app/clock';
import { Button } from '../../../parts/button';
import { MarkShape } from '../../../parts/outcome/mark';
import { useWidth } from '../../../parts/table/use-width';
import { formatTime } from '../../../parts/time/format';
import { useShownZone } from '../../../parts/time/preference';
import { formatReal } from '../../../parts/time/real';
import { texts } from '../../../texts';
import { anchorOf, bandsOf, flagsOf, instantAt, marksOf, pausesOf, placeOf, pointsOf, stepsOf, ticksOf, type Axis, type Band, type Flag } from './layout';
import { keyOf, labelsOf } from './labels';
import styles from './picture.module.css';

const words = texts.schedule.history;
const left = 58;
const lanes = { outcome: 34, late: 74, took: 132, foot: 150, laneHeight: 26, tookHeight: 40 };

type Props = {
  schedule: Schedule;
  runs: readonly Run[];
  definitions: readonly Definition[];
  outages: readonly Outage[];
  upgrades: readonly Upgrade[];
  span: Pick<Axis, 'from' | 'to'>;
  picked: string | undefined;
  onPick: (at: string) => void;
};

/**
 * Outcome, lateness and duration over time, with what happened to the schedule on the same axis. For the keyboard a slider of occurrences, and a list of
 * the rest.
 */
export function Picture({ schedule, runs, definitions, outages, upgrades, span: { from, to }, picked, onPick }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const width = Math.max(160, useWidth(box) - left - 14);
  const axis = useMemo<Axis>(() => ({ from, to, width }), [from, to, width]);
  const points = useMemo(() => pointsOf(runs, axis), [runs, axis]);
  const bands = useMemo(() => bandsOf(definitions, pausesOf(schedule, runs), outages, axis), [definitions, schedule, runs, outages, axis]);
  const flags = useMemo(() => flagsOf(definitions, runs, upgrades, axis), [definitions, runs, upgrades, axis]);
  const labels = useMemo(
    () =>
      labelsOf(
        flags.map((flag) => ({ ...flag, text: words.flags[flag.kind](flag.what) })),
        bands.map((band) => ({ ...band, text: words.bands[band.kind] ?? '' })),
        width,
      ),
    [flags, bands, width],
  );
  const longest = Math.max(1, ...points.map((point) => point.took ?? 0));
  const latest = Math.max(1, ...points.map((point) => point.late ?? 0));
  const zone = useShownZone(schedule.timezone);
  const steps = useMemo(() => stepsOf(points), [points]);
  const pickedAt = picked ? steps.indexOf(picked) : -1;
  const said = picked ? points.find((point) => point.at === picked) : undefined;

  function press(event: MouseEvent<SVGSVGElement>): void {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - left;
    const nearest = points.reduce<(typeof points)[number] | undefined>(
      (best, point) => (!best || Math.abs(point.x - x) < Math.abs(best.x - x) ? point : best),
      undefined,
    );
    onPick((nearest && Math.abs(nearest.x - x) < 12 && nearest.at) || instantAt(axis, Math.max(0, Math.min(width, x))));
  }
  function key(event: KeyboardEvent): void {
    const from = pickedAt < 0 ? steps.length : pickedAt;
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: steps.length - 1 }[event.key];
    const step = to === undefined ? undefined : steps[Math.max(0, Math.min(steps.length - 1, to))];
    if (step) {
      event.preventDefault();
      onPick(step);
    }
  }
  const text = (at: string) => formatTime(at, zone, 'minute', now());
  const whatOf = (of: Flag | Band) => (of.kind === 'edit' || of.kind === 'upgrade' ? words.flags[of.kind](of.what) : (words.bands[of.kind] ?? of.kind));
  const marks = marksOf(flags, bands, axis);
  return (
    <>
      <div
        ref={box}
        className={styles.box}
        role="slider"
        tabIndex={0}
        aria-label={words.label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, steps.length - 1)}
        aria-valuenow={Math.max(0, pickedAt)}
        aria-valuetext={said ? words.point(text(picked ?? ''), texts.parts.outcomes[said.outcome] ?? said.outcome, said.count) : words.hint}
        onKeyDown={key}
      >
        <svg width={width + left + 14} height={lanes.foot + 20} className={styles.picture} onClick={press} aria-hidden="true">
          <text x="0" y={lanes.outcome + 4}>
            {words.outcome}
          </text>
          <text x="0" y={lanes.late - 2}>
            {words.late}
          </text>
          <text x="0" y={lanes.took - 2}>
            {words.took}
          </text>
          <g transform={`translate(${left} 0)`}>
            {bands.map((band) => (
              <g key={keyOf(band)}>
                <rect x={band.x} y="14" width={band.width} height={lanes.foot - 14} className={styles[band.kind]}>
                  <title>{`${words.bands[band.kind]}, ${text(band.from)}`}</title>
                </rect>
              </g>
            ))}
            {ticksOf(axis).map((tick) => (
              <g key={tick.at}>
                <line x1={tick.x} x2={tick.x} y1={lanes.foot} y2={lanes.foot + 4} className={styles.rule} />
                <text x={tick.x} y={lanes.foot + 16} textAnchor={anchorOf(tick.x, width)}>
                  {formatTime(tick.at, zone, tick.day ? 'day' : 'clock', now()).replace(/:00$/, '')}
                </text>
              </g>
            ))}
            <line x1="0" x2={width} y1={lanes.late} y2={lanes.late} className={styles.faint} />
            <line x1="0" x2={width} y1={lanes.foot} y2={lanes.foot} className={styles.rule} />
            {flags.map((flag) => (
              <g key={keyOf(flag)}>
                <line x1={flag.x} x2={flag.x} y1="14" y2={lanes.foot} className={styles.flag}>
                  <title>{words.flags[flag.kind](flag.what)}</title>
                </line>
              </g>
            ))}
            {labels.map((label) => (
              <text key={label.key} x={label.x} y="10" textAnchor={label.anchor}>
                {label.text}
              </text>
            ))}
            {picked && <line x1={placeOf(axis, picked)} x2={placeOf(axis, picked)} y1="14" y2={lanes.foot} className={styles.picked} />}
            {points.map((point) => {
              const late = point.late === undefined ? 0 : Math.max(1.5, Math.sqrt(point.late / latest) * lanes.laneHeight);
              const took = point.took === undefined ? 0 : Math.max(2, Math.sqrt(point.took / longest) * lanes.tookHeight);
              return (
                <g key={point.run.id} className={styles.point}>
                  <title>{words.point(text(point.run.dueAt), texts.parts.outcomes[point.outcome] ?? point.outcome, point.count)}</title>
                  <MarkShape of={point.outcome} x={point.x} y={lanes.outcome} size={13} />
                  {late > 0 && <rect x={point.x - 2} y={lanes.late - late} width="4" height={late} rx="1" className={styles.late} />}
                  {took > 0 && (
                    <rect
                      x={point.x - 3}
                      y={lanes.foot - took}
                      width="6"
                      height={took}
                      rx="1.2"
                      className={point.outcome === 'failed' || point.outcome === 'abandoned' ? styles.tookFailed : styles.took}
                    />
                  )}
                </g>
              );
            })}
          </g>
        </svg>
        {points.length === 0 ? (
          <p className={styles.note}>{words.nothing}</p>
        ) : (
          <p className={styles.note}>
            {words.late}: {words.longest(formatReal(latest))} · {words.took}: {words.longest(formatReal(longest))}
          </p>
        )}
      </div>
      {marks.length > 0 && (
        <ul className={styles.marks} aria-label={words.marks}>
          {marks.map(({ of, from, to, ask }) => (
            <li key={keyOf(of)}>
              <Button look="quiet" onPress={() => onPick(ask)}>
                {to ? words.span(text(from), text(to), whatOf(of)) : words.mark(text(from), whatOf(of))}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
