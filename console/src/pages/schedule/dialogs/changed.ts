import type { Patch } from '../../../api/change';
import type { Schedule, SchedulePolicy } from '../../../api/types';
import { texts } from '../../../texts';

export type TypedSchedule = { name: string; cron: string; timezone: string; payload: string };

export const typedSchedule = ({ name, cron, timezone, payload }: Schedule): TypedSchedule => ({ name: name ?? '', cron, timezone, payload: payload ?? '' });

/** Whether somebody meant an expression by a text, however wrong: of words it helps nobody to hear what an expression lacks. */
export const isLikeCron = (text: string) => text.includes('*') || text.trim().split(/\s+/).length === 5;

/** Some fields of a thing. */
export const picked = <T extends object>(of: T, fields: readonly string[]) =>
  Object.fromEntries(Object.entries(of).filter(([field]) => fields.includes(field))) as Partial<T>;

/**
 * What was typed that is not as somebody saw it when the dialog opened. All else is left out and stays as it is: what a colleague changed meanwhile
 * is nobody's wish to take back.
 */
export function changedFields(opened: Schedule, typed: TypedSchedule): Patch {
  return {
    ...(typed.name !== (opened.name ?? '') ? { name: typed.name } : {}),
    ...(typed.cron !== opened.cron ? { cron: typed.cron } : {}),
    ...(typed.timezone !== opened.timezone ? { timezone: typed.timezone } : {}),
    ...(typed.payload !== (opened.payload ?? '') ? { payload: typed.payload } : {}),
  };
}

export type TypedPolicy = { overlap: string; missed: string; attempts: string; pauses: string; limit: string; spread: string };

/** What counts things, as the dialog has them. */
export const counts = ['attempts', 'pauses', 'limit', 'spread'] as const;

/** Whether a count is one, or empty, which means the default; anything else would be sent as nothing at all. */
export const isCount = (value: string) => /^\s*\d*\s*$/.test(value);

/** What is said of a text that is no count. */
export const noCount = (value: string) => (isCount(value) ? undefined : texts.schedule.policy.fields.noCount);

const text = (value: number | null | undefined) => (value == null ? '' : String(value));
/** What a policy has where nobody chose anything; without a limit of its own it has the host's. */
export const defaults = { attempts: 1, pauses: 20, limit: null, spread: 0 } as const;

const number = (count: (typeof counts)[number], value: string) => (value.trim() === '' ? defaults[count] : Number(value));

export const typedPolicy = (policy: SchedulePolicy): TypedPolicy => ({
  overlap: policy.overlap ?? 'skip',
  missed: policy.missed ?? 'latest',
  attempts: text(policy.retry?.maxAttempts ?? 1),
  pauses: text(policy.pauseAfterFailures),
  limit: text(policy.timeLimitSeconds),
  spread: text(policy.spreadSeconds),
});

/** The same of a policy. */
export function changedPolicy(opened: SchedulePolicy, typed: TypedPolicy): Record<string, unknown> {
  const before = typedPolicy(opened);
  return {
    ...(typed.overlap !== before.overlap ? { overlap: typed.overlap } : {}),
    ...(typed.missed !== before.missed ? { missed: typed.missed } : {}),
    ...(typed.attempts !== before.attempts ? { retry: { ...opened.retry, maxAttempts: number('attempts', typed.attempts) } } : {}),
    ...(typed.pauses !== before.pauses ? { pauseAfterFailures: number('pauses', typed.pauses) } : {}),
    ...(typed.limit !== before.limit ? { timeLimitSeconds: number('limit', typed.limit) } : {}),
    ...(typed.spread !== before.spread ? { spreadSeconds: number('spread', typed.spread) } : {}),
  };
}
