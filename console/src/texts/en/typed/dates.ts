import { own } from '../../../app/own';
import { fieldOf } from './field';

/** The last three fields of an expression, or why one expression cannot say it. */
export type Dates = { dates: string; months: string; days: string } | { wrong: string };

const wrong = {
  last: 'Cron has no last day of a month. What can be had: the 28th, which every month has, or the first of the month after.',
  nth: 'Cron cannot count weekdays of a month. What can be had: that weekday of every week, or a date, such as the first of the month.',
  fewDays: 'Cron cannot count days over the end of a month. What can be had: every day, or days of the week, such as Mondays, Wednesdays and Fridays at 9.',
  fewWeeks: 'Cron cannot count weeks. What can be had: every week, or two dates, such as the 1st and 15th of the month at 9.',
  fewMonths: 'Cron cannot count months over the end of a year. What can be had: every 1, 2, 3, 4 or 6 months.',
  fewYears: 'Cron cannot count years. What can be had: every year.',
};

const numbered = (...names: string[]) => Object.fromEntries(names.flatMap((name, at) => name.split(' ').map((form) => [form, at])));
const dayNames = numbered('sunday sun', 'monday mon', 'tuesday tue tues', 'wednesday wed', 'thursday thu thur thurs', 'friday fri', 'saturday sat');
const monthNames = numbered('', 'january jan', 'february feb', 'march mar', 'april apr', 'may', 'june jun', 'july jul', 'august aug', 'september sep sept',
  'october oct', 'november nov', 'december dec');
const ordinals = numbered('', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth',
  'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth', 'twentieth');

const everyDay = [0, 1, 2, 3, 4, 5, 6];
const working = [1, 2, 3, 4, 5];
const groups: Record<string, number[]> = {
  day: everyDay, night: everyDay, morning: everyDay, afternoon: everyDay, evening: everyDay,
  weekday: working, workday: working, 'working day': working, 'week day': working, 'business day': working,
  weekend: [0, 6],
};
const quarters = '1,4,7,10';
/** What is more than a day long, by its beginning, as cron's own words have it. */
const periods: Record<string, Dates> = {
  week: { dates: '*', months: '*', days: '0' },
  month: { dates: '1', months: '*', days: '*' },
  quarter: { dates: '1', months: quarters, days: '*' },
  year: { dates: '1', months: '1', days: '*' },
};

const ofDays = (days: Iterable<number>): Dates => ({ dates: '*', months: '*', days: fieldOf(days, 7) });

/** `weekdays`, `monday to friday`, `the 1st and 15th of the month`, `1 january`: what is left of them without `every` and `on`. */
export function readDates(typed: string): Dates | undefined {
  const text = typed.replace(/^(?:(?:on|every|each|all|in) )+/, '').replace(/^the /, '');
  const days = readDays(text);
  return days ? ofDays(days) : (own(periods, text) ?? uncounted(text) ?? ofMonths(text));
}

function readDays(text: string): Set<number> | undefined {
  const except = /^(.+) (?:except|but|but not|without) (?:on )?(.+)$/.exec(text);
  if (except) {
    const [all, less] = [readDays(except[1] ?? ''), readDays(except[2] ?? '')];
    const left = all && less && [...all].filter((day) => !less.has(day));
    return left && left.length > 0 ? new Set(left) : undefined;
  }
  const read = text.split(/ and | or |\/| (?=mon|tue|wed|thu|fri|sat|sun)(?<!(?:to|through|thru|till|until|-) )/).map(someDays);
  return read.every((days) => days !== undefined) ? new Set(read.flat()) : undefined;
}

function someDays(text: string): number[] | undefined {
  const range = /^(\w+) ?(?:-|–| to | through | thru | till | until ) ?(\w+)$/.exec(text);
  if (range) {
    const [from, to] = [dayOf(range[1] ?? ''), dayOf(range[2] ?? '')];
    return from === undefined || to === undefined ? undefined : Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, at) => (from + at) % 7);
  }
  const word = text.replace(/^(?:on |the |every )+/, '');
  const day = dayOf(word);
  return own(groups, word) ?? own(groups, word.replace(/s$/, '')) ?? (day === undefined ? undefined : [day]);
}

const dayOf = (word: string) => own(dayNames, word) ?? own(dayNames, word.replace(/s$/, ''));

/** What counts days, weeks, months or years, which an expression cannot, as it matches each date by itself; but for some numbers of months. */
function uncounted(text: string): Dates | undefined {
  if (/^(?:(?:very )?last(?: day)?|end) of (?:(?:the|each|every|a) )?\w+$|^month[- ]?end$/.test(text)) {
    return { wrong: wrong.last };
  }
  if (/^(?:fortnight(?:ly)?|bi-?weekly)$/.test(text)) {
    return { wrong: wrong.fewWeeks };
  }
  const [, which = '', counted = '', ofWhat] = /^(\w+) ((?:working |business )?\w+?)s?( (?:of|in) .+)?$/.exec(text) ?? [];
  const isLast = which === 'last';
  const count = which === 'other' ? 2 : numberOf(which);
  if (count === undefined && !isLast) {
    return undefined;
  }
  const isWeekday = dayOf(counted) !== undefined || (own(groups, counted) !== undefined && counted !== 'day');
  if (ofWhat !== undefined || isLast) {
    return isWeekday ? { wrong: wrong.nth } : undefined;
  }
  return counted === 'day' ? { wrong: wrong.fewDays }
    : counted === 'week' || isWeekday ? { wrong: wrong.fewWeeks }
    : counted === 'month' ? everyMonths(count ?? 0)
    : counted === 'year' ? { wrong: wrong.fewYears }
    : undefined;
}

const everyMonths = (count: number): Dates =>
  count > 0 && 12 % count === 0
    ? { dates: '1', months: count === 1 ? '*' : count === 12 ? '1' : `*/${count}`, days: '*' }
    : { wrong: wrong.fewMonths };

const numberOf = (word: string) => own(ordinals, word) ?? (/^\d{1,2}(?:st|nd|rd|th)?$/.test(word) ? Number.parseInt(word, 10) : undefined);

/** Dates of months: each must be named as one, for a bare number may be an hour. */
function ofMonths(text: string): Dates | undefined {
  const of = /^(?:days? )?(.+?)(?: day)? (?:of|in) (?:(?:the|each|every|a) )?(.+)$/.exec(text);
  const dated = /^(?:(\d{1,2}(?:st|nd|rd|th)?) ([a-z]+)|([a-z]+) (?:the )?(\d{1,2}(?:st|nd|rd|th)?))$/.exec(text);
  const named = /^days? (\d.*)$/.exec(text)?.[1] ?? (/^[a-z]|\d(?:st|nd|rd|th)/.test(text) ? text.replace(/ day$/, '') : undefined);
  const months = of ? monthsOf(of[2] ?? '') : dated ? monthsOf(dated[2] ?? dated[3] ?? '') : '*';
  const dates = (of?.[1] ?? dated?.[1] ?? dated?.[4] ?? named)?.split(/ and | or /).map((word) => numberOf(word.replace(/^(?:the|on the) /, '')) ?? 0);
  return months && dates?.every((date) => date >= 1 && date <= 31) ? { dates: fieldOf(dates, 31), months, days: '*' } : undefined;
}

function monthsOf(text: string): string | undefined {
  if (text === 'month' || text === 'quarter' || text === 'year') {
    return text === 'month' ? '*' : text === 'quarter' ? quarters : '1';
  }
  const months = text.split(/ and | or /).map((word) => own(monthNames, word) ?? 0);
  return months.every((month) => month >= 1) ? fieldOf(months, 12) : undefined;
}
