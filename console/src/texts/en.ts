import { errors } from './en/errors';
import { now } from './en/now';
import { parts } from './en/parts';
import { run } from './en/run';
import { schedule } from './en/schedule';
import { schedules } from './en/schedules';
import { shell } from './en/shell';
import { signIn } from './en/sign-in';
import { why } from './en/why';

/** Everything that the console says in words of its own, in English. Another language is another object of this shape. */
export const en = { shell, signIn, errors, parts, schedules, schedule, why, run, now };
