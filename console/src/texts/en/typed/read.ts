import { own } from '../../../app/own';
import { clocks, isClearlyTimes, readClocks, type Clock } from './clocks';
import { readDates } from './dates';
import { readRhythm, type Read } from './rhythm';

// English words that people type in place of an expression; each language has such a folder of its own. What is not understood is left to the server,
// which says what is wrong with it.
const wrong = {
  noTime: 'Say at what time, too, such as “at 9” or “at 17:30”.',
  minutes: 'One cron expression has the same minutes in each of its hours. What can be had: a schedule for each of these times.',
};

const numbers: Record<string, string> = {
  one: '1', two: '2', three: '3', four: '4', five: '5', six: '6', seven: '7', eight: '8', nine: '9', ten: '10', eleven: '11', twelve: '12', fifteen: '15',
  twenty: '20', thirty: '30', once: '1 time', twice: '2 times',
};
const aliases: Record<string, string> = {
  hourly: 'every hour', daily: 'every day', nightly: 'every night', weekly: 'every week', monthly: 'every month', quarterly: 'every quarter',
  yearly: 'every year', annually: 'every year', minutely: 'every minute',
};
/** What cron itself has words for, and what begins where they do. */
const whole = new Set(['day', 'week', 'month', 'quarter', 'year']);

/** `every weekday at 9` as `0 9 * * 1-5`, or why no expression says that; undefined where the words say no time that this knows. */
export function fromWords(typed: string): Read | undefined {
  const text = plainOf(typed);
  // An expression, however wrong, is no words.
  return /\*|^[\d\s,/-]*$/.test(text) ? undefined : (readRhythm(text) ?? readRhythm(text.replace(/^(?:on )?(.+) (every .+)$/, '$2 on $1')) ?? timed(text));
}

/** Small letters, single spaces, digits for numbers, and one word where there are several for a thing. */
function plainOf(typed: string): string {
  return typed
    .toLowerCase()
    .trim()
    .replace(/^@midnight$/, 'every day')
    .replace(/^@/, '')
    .replaceAll(/\b([ap])\.m\b\.?/g, '$1m')
    .replaceAll(/ ?o['’]clock/g, '')
    .replaceAll(/[.!]+(?=\s|$)/g, '')
    .replaceAll(/\beveryday\b/g, 'every day')
    .replace(/^each /, 'every ')
    .replace(/ on the hour\b/, '')
    .replace(/\bhalf past\b/, '30 past')
    .replace(/\b(?:a )?quarter past\b/, '15 past')
    .replaceAll(/\b(\w+day)s? (?:morning|afternoon|evening|night)s?\b/g, '$1')
    .replaceAll(/,? and (?=at |on )|,\s*(?=at |on |every )/g, ' ')
    .replaceAll(/\s*(?:,\s*and\b|,|&|\+)\s*/g, ' and ')
    .replaceAll(/ @ ?/g, ' at ')
    .replaceAll(/half[- ]hourly/g, 'every half hour')
    .replaceAll(/hour and a half/g, '1.5 hours')
    .replaceAll(/\bevery (?:second|2nd) (?=hour|minute)/g, 'every other ')
    .replaceAll(/[a-z]+/g, (word) => own(numbers, word) ?? own(aliases, word) ?? word)
    .replace(/^1 times? (?:a|per|each|every) /, 'every ')
    // Where each of them is named nobody needs their number.
    .replace(/^\d+ times? (?:a|per|each|every) day (?=at )/, '')
    // What comes behind says which day of it.
    .replace(/^every (?:day|week|month|quarter|year) (?=on |every |in )/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Days and times, in either order; the times stand behind `at`, or can be nothing else. */
function timed(text: string): Read | undefined {
  const behind = new RegExp(`^(.*?) ?\\bat (${clocks})$`).exec(text);
  if (behind) {
    return combine(behind[1] ?? '', behind[2] ?? '');
  }
  const untimed = readDates(text);
  if (untimed) {
    return 'wrong' in untimed ? untimed : whole.has(text.replace(/^every /, '')) ? combine(text, 'midnight') : { wrong: wrong.noTime };
  }
  const before = new RegExp(`^(?:at )?(${clocks})(?: (.+))?$`).exec(text);
  const after = new RegExp(`^(.+) (${clocks})$`).exec(text);
  return (before && (before[2] || isClearlyTimes(before[1] ?? '')) ? combine(before[2] ?? '', before[1] ?? '') : undefined)
    ?? (after ? combine(after[1] ?? '', after[2] ?? '') : undefined);
}

function combine(when: string, at: string): Read | undefined {
  const dates = readDates(when || 'day');
  const times = readClocks(at);
  if (!dates || !times) {
    return undefined;
  }
  if ('wrong' in dates) {
    return dates;
  }
  const of = (part: keyof Clock) => [...new Set(times.map((time) => time[part]))].sort((a, b) => a - b);
  const [minutes, hours] = [of('minute'), of('hour')];
  const all = new Set(times.map(({ hour, minute }) => hour * 60 + minute));
  return all.size === minutes.length * hours.length
    ? { cron: `${minutes.join(',')} ${hours.join(',')} ${dates.dates} ${dates.months} ${dates.days}` }
    : { wrong: wrong.minutes };
}
