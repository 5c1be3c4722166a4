import { describe, expect, it } from 'vitest';
import { fromWords } from './from-words';

describe('fromWords', () => {
  it.each([
    ['every weekday at 9', '0 9 * * 1-5'],
    ['Every day at 9:30', '30 9 * * *'],
    ['daily at 6 pm', '0 18 * * *'],
    ['nightly at 2', '0 2 * * *'],
    ['mondays at 8', '0 8 * * 1'],
    ['every Monday and Thursday at 12am', '0 0 * * 1,4'],
    ['monday to saturday at 4:45', '45 4 * * 1-6'],
    ['weekends at noon', '0 12 * * 0,6'],
    ['every 15 minutes', '*/15 * * * *'],
    ['every 2 hours', '0 */2 * * *'],
    ['every half hour', '*/30 * * * *'],
    ['hourly', '0 * * * *'],
    ['the first of the month at 6', '0 6 1 * *'],
    ['on the 15th at 23:10', '10 23 15 * *'],
  ])('%s', (words, cron) => expect(fromWords(words)).toBe(cron));

  it.each(['', '0 9 * * *', 'every weekday', 'every day at 25', 'every 90 minutes', 'the 32nd at 6', 'at 13 pm daily', 'every so often at 9'])(
    'leaves %j alone',
    (words) => expect(fromWords(words)).toBeUndefined(),
  );
});
