import type { CronFields } from '../../cron/fields';
import { number } from '../words';

// A cron expression in English. Each language has such a function of its own: how times and days go together is grammar.
const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const monthNames = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const mostNamed = 6;

export function cronWords({ minutes, hours, dates, months, days }: CronFields): string {
  const named = minutes.length * hours.length <= mostNamed;
  const times = named ? `At ${join(hours.flatMap((hour) => minutes.map((minute) => clock(hour, minute))))}` : pattern(minutes, hours);
  const on = [
    days.length < 7 ? `on ${run(days.map((day) => dayNames[day] ?? ''), days)}` : '',
    dates.length < 31 ? `on the ${run(dates.map(ordinal), dates, ' to the ')}` : '',
    months.length < 12 ? `in ${run(months.map((month) => monthNames[month - 1] ?? ''), months)}` : '',
  ].filter(Boolean);
  return on.length > 0 ? `${times} ${on.join(' ')}` : named ? `${times} every day` : times;
}

function pattern(minutes: number[], hours: number[]): string {
  const always = hours.length === 24;
  const hour = always ? 'every hour' : 'the hour';
  const step = stepOf(minutes, 60);
  const [first = 0] = minutes;
  const past = minutes.length === 1 && first === 0 ? (always ? 'Every hour, on the hour' : 'On the hour')
    : minutes.length === 1 && first === 1 ? `At 1 minute past ${hour}`
    : minutes.length === 1 ? `At ${number(first)} minutes past ${hour}`
    : step === 1 && first === 0 ? 'Every minute'
    : step === 1 ? `Every minute, from ${number(first)} past the hour on`
    : step && first === 0 ? `Every ${number(step)} minutes`
    : step ? `Every ${number(step)} minutes, from ${number(first)} past the hour on`
    : `At ${join(minutes.map(number))} minutes past ${hour}`;
  return always ? past : `${past}, ${hoursOf(hours)}`;
}

function hoursOf(hours: number[]): string {
  const [first = 0] = hours;
  const last = hours.at(-1) ?? 0;
  const step = stepOf(hours, 24);
  return last - first === hours.length - 1 ? `from ${clock(first, 0)} to ${clock(last, 59)}`
    : step ? `every ${number(step)} hours from ${clock(first, 0)} on`
    : `in the hours of ${join(hours.map((hour) => clock(hour, 0)))}`;
}

// Three and more in a row are said by their ends.
function run(words: string[], values: number[], to = ' to '): string {
  const inARow = values.length > 2 && (values.at(-1) ?? 0) - (values[0] ?? 0) === values.length - 1;
  return inARow ? `${words[0]}${to}${words.at(-1)}` : join(words);
}

function stepOf(values: number[], end: number): number | undefined {
  const [first, second] = values;
  if (first === undefined || second === undefined) {
    return undefined;
  }
  const step = second - first;
  const even = values.every((value, at) => at === 0 || value - (values[at - 1] ?? 0) === step);
  return even && (values.at(-1) ?? 0) + step >= end ? step : undefined;
}

const clock = (hour: number, minute: number) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
const join = (parts: string[]) => (parts.length === 1 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`);

function ordinal(value: number): string {
  const teen = value % 100 >= 11 && value % 100 <= 13;
  const ending = teen ? 'th' : value % 10 === 1 ? 'st' : value % 10 === 2 ? 'nd' : value % 10 === 3 ? 'rd' : 'th';
  return `${number(value)}${ending}`;
}
