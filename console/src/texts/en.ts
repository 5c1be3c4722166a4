import { access } from './en/access';
import { audit } from './en/audit';
import { calendar } from './en/calendar';
import { cronWords } from './en/cron';
import { fromWords } from './en/typed/read';
import { errors } from './en/errors';
import { extensions } from './en/extensions';
import { installs } from './en/installs';
import { load } from './en/load';
import { nodes } from './en/nodes';
import { now } from './en/now';
import { parts } from './en/parts';
import { run } from './en/run';
import { runs } from './en/runs';
import { schedule } from './en/schedule';
import { schedules } from './en/schedules';
import { shell } from './en/shell';
import { signIn } from './en/sign-in';
import { why } from './en/why';

/** Everything that the console says in words of its own, in English. Another language is another object of this shape. */
export const en = {
  shell, signIn, errors, parts, now, schedules, schedule, why, run, runs,
  audit, access, nodes, extensions, installs, calendar, load,
  cron: { words: cronWords, read: fromWords },
};
