import { fill, plural } from '../../words';
import { readClocks } from './clocks';
import { readDates } from './dates';
import { fieldOf } from './field';

/** An expression, or why there is none that says what was typed. */
export type Read = { cron: string } | { wrong: string };

const day = 1_440;
/** Minutes between that fit into an hour, or a day, evenly. */
const even = [5, 6, 10, 12, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, day];

const every = (minutes: number) =>
  minutes === 60 ? 'every hour'
    : minutes === day ? 'every day'
    : minutes % 60 === 0 ? plural(minutes / 60, { other: 'every {n} hours' })
    : plural(minutes, { one: 'every minute', other: 'every {n} minutes' });

const wrong = {
  often: 'Nothing runs more often than every 5 minutes.',
  seldom: 'Cron counts no hours or minutes over the end of a day. What can be had: every day, or days of the week, such as Mondays and Thursdays at 9.',
  uneven: (said: number, less: number, more: number) =>
    fill('One cron expression cannot say “{said}”: it fits evenly into neither an hour nor a day. What can be had: {less} or {more}.', {
      said: every(said),
      less: every(less),
      more: every(more),
    }),
};

const units: Record<string, number> = { s: 1 / 60, m: 1, h: 60 };
const shares: Record<string, number> = { other: 2, half: 0.5, quarter: 0.25 };

/** `every 15 minutes`, `every other hour on weekdays`, `every hour from 9 to 17`, `twice a day`. */
export function readRhythm(text: string): Read | undefined {
  const times = /^(\d+) times? (?:a|an|per|each|every) (hour|day)$/.exec(text);
  if (times) {
    return ofMinutes((times[2] === 'hour' ? 60 : day) / Number(times[1]), '');
  }
  const match = /^every (?:(\d+(?:\.\d+)?|other|half|quarter) ?)?(?:of )?(?:an? )?(s|m|h)(?:ec(?:ond)?|in(?:ute)?|(?:ou)?r)?s?(?: (.+))?$/.exec(text);
  const unit = match && units[match[2] ?? ''];
  return match && unit ? ofMinutes((match[1] ? (shares[match[1]] ?? Number(match[1])) : 1) * unit, match[3] ?? '') : undefined;
}

function ofMinutes(step: number, rest: string): Read | undefined {
  // Else "every second at 9" would be the second of each month.
  if (step < 5 && rest.startsWith('at ')) {
    return { wrong: wrong.often };
  }
  const minute = /^at :?(\d{1,2})(?: minutes?)?(?: past)?(?: the hour)?\b ?/.exec(rest);
  const past = minute && step % 60 === 0 ? Number(minute[1]) : 0;
  const left = minute ? rest.slice(minute[0].length) : rest;
  const span = /(?:^| )(?:from|between) (\S+(?: ?[ap]m)?) ?(?:to|and|until|till|-) ?(\S+(?: ?[ap]m)?)/.exec(left);
  const when = readDates((span ? left.replace(span[0], '') : left).trim() || 'day');
  const hours = span ? hoursOf(span[1] ?? '', span[2] ?? '', step % 60 === 0) : Array.from({ length: 24 }, (_, hour) => hour);
  if (!when || !hours || past > 59 || (minute && step % 60 !== 0)) {
    return undefined;
  }
  if ('wrong' in when) {
    return when;
  }
  if (step < 5) {
    return { wrong: wrong.often };
  }
  if (step > day) {
    return { wrong: wrong.seldom };
  }
  if (!even.includes(step)) {
    return { wrong: wrong.uneven(step, even.findLast((one) => one < step) ?? day, even.find((one) => one > step) ?? day) };
  }
  const apart = Math.max(1, step / 60);
  const of = apart > 1 && !span ? (step === day ? '0' : `*/${apart}`) : fieldOf(hours.filter((_, at) => at % apart === 0), 24);
  return { cron: `${step < 60 ? `*/${step}` : past} ${of} ${when.dates} ${when.months} ${when.days}` };
}

/** The hours of a time of day; what goes by minutes ends with it, what goes by hours has the last one too. `9 to 5` ends in the afternoon. */
function hoursOf(from: string, to: string, whole: boolean): number[] | undefined {
  const [first] = readClocks(from) ?? [];
  const [last] = readClocks(to) ?? [];
  if (!first || !last || first.minute !== 0 || last.minute !== 0) {
    return undefined;
  }
  const end = /^\d+$/.test(to) && /^\d+$/.test(from) && last.hour <= first.hour && last.hour + 12 > first.hour && last.hour < 12 ? last.hour + 12 : last.hour;
  const count = ((end - first.hour + 24) % 24) + (whole ? 1 : 0);
  return count === 0 ? undefined : Array.from({ length: count }, (_, at) => (first.hour + at) % 24);
}
