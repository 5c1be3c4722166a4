import { describe, expect, it } from 'vitest';
import { readCron } from './fields';
import { inWords } from './words';

describe('inWords', () => {
  // The server says the same of these; its own tests have them too.
  it.each([
    ['0 9 * * 1-5', 'At 09:00 on Monday to Friday'],
    ['30 2 * * *', 'At 02:30 every day'],
    ['0 9,12,15 * * *', 'At 09:00, 12:00 and 15:00 every day'],
    ['0,30 9 * * 0,6', 'At 09:00 and 09:30 on Sunday and Saturday'],
    ['*/15 * * * *', 'Every 15 minutes'],
    ['* * * * *', 'Every minute'],
    ['30-59 8 * * *', 'Every minute, from 30 past the hour on, from 08:00 to 08:59'],
    ['7-59/20 * * * *', 'Every 20 minutes, from 7 past the hour on'],
    ['0 * * * *', 'Every hour, on the hour'],
    ['30 * * * *', 'At 30 minutes past every hour'],
    ['1 * * * 1', 'At 1 minute past every hour on Monday'],
    ['5,20,50 * * * *', 'At 5, 20 and 50 minutes past every hour'],
    ['0 9-17 * * 1-5', 'On the hour, from 09:00 to 17:59 on Monday to Friday'],
    ['0 */2 * * *', 'On the hour, every 2 hours from 00:00 on'],
    ['*/10 8,12 * * *', 'Every 10 minutes, in the hours of 08:00 and 12:00'],
    ['5 0 1,15 * *', 'At 00:05 on the 1st and 15th'],
    ['0 0 1-7 * *', 'At 00:00 on the 1st to the 7th'],
    ['0 0 29 2 *', 'At 00:00 on the 29th in February'],
    ['0 6 * 6-8 *', 'At 06:00 in June to August'],
    ['0 6 22,23,11 1,7 *', 'At 06:00 on the 11th, 22nd and 23rd in January and July'],
    ['0 9 * * MON-FRI', 'At 09:00 on Monday to Friday'],
    ['0 9 * * 7', 'At 09:00 on Sunday'],
  ])('%s', (cron, words) => expect(inWords(cron)).toBe(words));

  it.each(['', '* * * *', '61 * * * *', '0 9 * * 1-', '0 9 L * *', 'a b c d e'])('leaves %j as it is', (cron) => expect(inWords(cron)).toBe(cron));
});

describe('readCron', () => {
  it('takes a step without an end to the end of the field', () => expect(readCron('10/20 * * * *')?.minutes).toEqual([10, 30, 50]));
});
