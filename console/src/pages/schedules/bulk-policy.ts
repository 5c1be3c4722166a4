import { isCount } from '../schedule/dialogs/changed';

/** What is typed of the policies of many: empty for what stays as each has it. */
export type TypedPolicies = { overlap: string; missed: string; pauses: string; limit: string; spread: string };

export const nothingTyped: TypedPolicies = { overlap: '', missed: '', pauses: '', limit: '', spread: '' };

/** Whether something is typed, and all of it can be sent. */
export const isReady = (typed: TypedPolicies) =>
  Object.values(typed).some((text) => text.trim() !== '') && [typed.pauses, typed.limit, typed.spread].every(isCount);

/** The fields that are to change. */
export const policyOf = ({ overlap, missed, pauses, limit, spread }: TypedPolicies): Record<string, unknown> => ({
  ...(overlap ? { overlap } : {}),
  ...(missed ? { missed } : {}),
  ...(pauses.trim() ? { pauseAfterFailures: Number(pauses) } : {}),
  ...(limit.trim() ? { timeLimitSeconds: Number(limit) } : {}),
  ...(spread.trim() ? { spreadSeconds: Number(spread) } : {}),
});
