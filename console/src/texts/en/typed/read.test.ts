import { describe, expect, it } from 'vitest';
import { readCron } from '../../../cron/fields';
import { fromWords } from './read';

const understood: ReadonlyArray<[string, string]> = [
  ['every weekday at 9', '0 9 * * 1-5'],
  ['weekdays at 9', '0 9 * * 1-5'],
  ['Every day at 9:30', '30 9 * * *'],
  ['daily at 9.30', '30 9 * * *'],
  ['every day at 9:30 pm', '30 21 * * *'],
  ['every day, at 9:30 p.m.', '30 21 * * *'],
  ['daily at 6 pm', '0 18 * * *'],
  ['at nine o’clock', '0 9 * * *'],
  ['17h15 daily', '15 17 * * *'],
  ['at noon', '0 12 * * *'],
  ['noon', '0 12 * * *'],
  ['at midnight', '0 0 * * *'],
  ['midnight on weekends', '0 0 * * 0,6'],
  ['at 9', '0 9 * * *'],
  ['9:30', '30 9 * * *'],
  ['at 9 and 17', '0 9,17 * * *'],
  ['every day at 6, 12 and 18', '0 6,12,18 * * *'],
  ['at 9:00 and 9:30 on weekdays', '0,30 9 * * 1-5'],
  ['@hourly', '0 * * * *'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@weekly', '0 0 * * 0'],
  ['@monthly', '0 0 1 * *'],
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['quarterly', '0 0 1 1,4,7,10 *'],
  ['quarterly at 8', '0 8 1 1,4,7,10 *'],
  ['monthly at 6', '0 6 1 * *'],
  ['nightly at 2', '0 2 * * *'],
  ['every morning at 7', '0 7 * * *'],
  ['mondays at 8', '0 8 * * 1'],
  ['mondays 8', '0 8 * * 1'],
  ['at 8 on Mondays', '0 8 * * 1'],
  ['8pm on fridays', '0 20 * * 5'],
  ['mondays and thursdays at 7:15', '15 7 * * 1,4'],
  ['every Monday and Thursday at 12am', '0 0 * * 1,4'],
  ['mon, wed and fri at 10', '0 10 * * 1,3,5'],
  ['Mon/Wed/Fri at 10', '0 10 * * 1,3,5'],
  ['tue thu 18:00', '0 18 * * 2,4'],
  ['weekly on mondays at 9', '0 9 * * 1'],
  ['monday to saturday at 4:45', '45 4 * * 1-6'],
  ['mon-fri at 9', '0 9 * * 1-5'],
  ['friday to monday at 9', '0 9 * * 0,1,5,6'],
  ['every day except sunday at 9', '0 9 * * 1-6'],
  ['weekends at noon', '0 12 * * 0,6'],
  ['every 15 minutes', '*/15 * * * *'],
  ['every 15 min', '*/15 * * * *'],
  ['every 15m', '*/15 * * * *'],
  ['every fifteen minutes on weekdays', '*/15 * * * 1-5'],
  ['every 15 minutes from 9 to 17 on weekdays', '*/15 9-16 * * 1-5'],
  ['every 2 hours', '0 */2 * * *'],
  ['every other hour', '0 */2 * * *'],
  ['every second hour', '0 */2 * * *'],
  ['every half hour', '*/30 * * * *'],
  ['every half an hour', '*/30 * * * *'],
  ['every quarter of an hour', '*/15 * * * *'],
  ['every 120 minutes', '0 */2 * * *'],
  ['every 24 hours', '0 0 * * *'],
  ['hourly', '0 * * * *'],
  ['every hour', '0 * * * *'],
  ['every hour at 15 past', '15 * * * *'],
  ['every hour from 9 to 17', '0 9-17 * * *'],
  ['hourly between 9 and 5 on weekdays', '0 9-17 * * 1-5'],
  ['every 2 hours from 22 to 4', '0 0,2,4,22 * * *'],
  ['everyday at 9', '0 9 * * *'],
  ['every weekday morning at 9', '0 9 * * 1-5'],
  ['on weekdays every 15 minutes', '*/15 * * * 1-5'],
  ['every hour on the hour', '0 * * * *'],
  ['every hour at half past', '30 * * * *'],
  ['once a week on monday at 9', '0 9 * * 1'],
  ['twice a day at 8 and 20', '0 8,20 * * *'],
  ['once a day', '0 0 * * *'],
  ['twice a day', '0 */12 * * *'],
  ['three times a day', '0 */8 * * *'],
  ['4 times an hour', '*/15 * * * *'],
  ['first of the month at 8', '0 8 1 * *'],
  ['the first of the month at 6', '0 6 1 * *'],
  ['the first day of every month at 6', '0 6 1 * *'],
  ['on the second at 9', '0 9 2 * *'],
  ['every second of the month at 9', '0 9 2 * *'],
  ['on the 15th at 23:10', '10 23 15 * *'],
  ['monthly on the 15th at 23:10', '10 23 15 * *'],
  ['the 1st and 15th of the month at noon', '0 12 1,15 * *'],
  ['day 10 of the month at 6', '0 6 10 * *'],
  ['first of the quarter at 8', '0 8 1 1,4,7,10 *'],
  ['1 january at 6', '0 6 1 1 *'],
  ['every year on July 4th at 10', '0 10 4 7 *'],
  ['the 1st of March and September at 5', '0 5 1 3,9 *'],
  ['every 3 months at 8', '0 8 1 */3 *'],
];

/** The least minutes between two times of a day, and over midnight, as the contract counts them. */
function leastBetween(cron: string): number {
  const { minutes = [], hours = [] } = readCron(cron) ?? {};
  const times = hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute)).sort((a, b) => a - b);
  return Math.min(...times.map((time, at) => (times[at + 1] ?? (times[0] ?? 0) + 1_440) - time));
}

describe('fromWords', () => {
  it.each(understood)('%s', (words, cron) => expect(fromWords(words)).toEqual({ cron }));

  // Five fields of the characters that it knows, not both day fields, five minutes apart at least.
  it.each(understood)('makes of “%s” what the contract takes', (_, cron) => {
    expect(cron).toMatch(/^[\d*/,-]+(?: [\d*/,-]+){4}$/);
    const [, , dates, , days] = cron.split(' ');
    expect([dates, days]).toContain('*');
    expect(readCron(cron)).toBeDefined();
    expect(leastBetween(cron)).toBeGreaterThanOrEqual(5);
  });

  it.each([
    ['every 90 minutes', 'What can be had: every hour or every 2 hours.'],
    ['every hour and a half', 'What can be had: every hour or every 2 hours.'],
    ['every 45 min', 'What can be had: every 30 minutes or every hour.'],
    ['every 7 minutes', 'What can be had: every 6 minutes or every 10 minutes.'],
    ['every 5 hours', 'What can be had: every 4 hours or every 6 hours.'],
    ['every minute', 'Nothing runs more often than every 5 minutes.'],
    ['every second', 'Nothing runs more often than every 5 minutes.'],
    ['every second at 9', 'Nothing runs more often than every 5 minutes.'],
    ['every second at 9:30', 'Nothing runs more often than every 5 minutes.'],
    ['every minute at 9', 'Nothing runs more often than every 5 minutes.'],
    ['every 30 seconds', 'Nothing runs more often than every 5 minutes.'],
    ['every 36 hours', 'What can be had: every day, or days of the week'],
    ['last day of the month', 'What can be had: the 28th'],
    ['on the last day of the month at 8', 'What can be had: the 28th'],
    ['end of the month', 'What can be had: the 28th'],
    ['first monday of the month at 9', 'Cron cannot count weekdays of a month'],
    ['the last friday of the month at 9', 'Cron cannot count weekdays of a month'],
    ['every other day at 9', 'Cron cannot count days over the end of a month'],
    ['every 3 days', 'Cron cannot count days over the end of a month'],
    ['every other week', 'Cron cannot count weeks'],
    ['every second day at 9', 'Cron cannot count days over the end of a month'],
    ['every second monday at 9', 'Cron cannot count weeks'],
    ['fortnightly', 'Cron cannot count weeks'],
    ['every 5 months at 8', 'every 1, 2, 3, 4 or 6 months'],
    ['every 2 years', 'Cron cannot count years'],
    ['every weekday', 'Say at what time'],
    ['mondays and thursdays', 'Say at what time'],
    ['on the 15th', 'Say at what time'],
    ['at 9:15 and 17:30', 'a schedule for each of these times'],
  ])('says why there is no expression for “%s”', (words, why) => expect(fromWords(words)).toEqual({ wrong: expect.stringContaining(why) as string }));

  it.each(['', '0 9 * * *', '0 9 1 1 1', '5,10', '61 * * *', '0 9 * * mon-fri', 'every day at 25', 'the 32nd at 6', 'at 13 pm daily',
    'every so often at 9', 'constructor at 9', 'the constructor at 6', '__proto__ and toString at 9'])(
    'leaves %j alone',
    (words) => expect(fromWords(words)).toBeUndefined(),
  );
});
