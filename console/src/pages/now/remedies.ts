import type { NotRunGroup } from '../../api/types';
import { ownZone } from '../../parts/time/format';
import { texts } from '../../texts';
import { remediesOf, type May, type Remedy } from '../why/remedy';

// What lies above schedules is one thing however many schedules it is of.
const ofAll = new Set<Remedy>(['resume-install', 'resume-tenant', 'resume-host']);

/** What can be done with one press about a cause: of one schedule all that Why has, of several what lies above them all. */
export const pressedFor = (group: NotRunGroup, may: May): Remedy[] =>
  remediesOf(group, may).filter((remedy) => (group.schedules === 1 ? remedy !== 'rerun' || group.occurrences === 1 : ofAll.has(remedy)));

/** What of one schedule is filled in: what did not run, or what failed, one after the other. */
export const fillingOf = ({ first, last, verdict }: NotRunGroup) => ({ from: first, to: last, which: verdict === 'failed' ? 'failed' : 'missing' }) as const;

/** Whether runs of one schedule that failed are run again by a backfill, which takes many where a repeat takes one. */
export const isRerunByFilling = ({ schedules, occurrences, actions }: NotRunGroup) => schedules === 1 && occurrences > 1 && actions.includes('rerun');

/**
 * Where the rest of several schedules is done: the list of what is to be enabled or restored, or the calendar, which fills in one after the other. What started
 * and failed is run again from its runs.
 */
export function elsewhereFor({ schedules, actions }: NotRunGroup): 'schedules' | 'installs' | 'calendar' | undefined {
  const has = (...some: string[]) => some.some((one) => actions.includes(one));
  return schedules === 1 ? undefined
    : has('enable-schedule') ? 'schedules'
    : has('enable-install', 'restore-install') ? 'installs'
    : has('backfill', 'run-now') && !has('rerun') ? 'calendar'
    : undefined;
}

/** Where on the calendar a cause begins, on the reader's clocks: its day, or its week where it has several days. */
export function cellOf({ first, last }: Pick<NotRunGroup, 'first' | 'last'>): { view: 'day' | 'week'; day: string; cell: string; zone: string } {
  const two = (value: number) => String(value).padStart(2, '0');
  const dayOf = (at: Date) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const [begin, end] = [new Date(first), new Date(last)];
  const day = dayOf(begin);
  return { view: day === dayOf(end) ? 'day' : 'week', day, cell: `${day}T${two(begin.getHours())}`, zone: ownZone() };
}

// As the ledger says it: what a pause holds still is not there yet.
const states = ['failed', 'missed', 'skipped', 'abandoned'];

/** Where all schedules of a cause are listed: the runs that the ledger has of it, or the schedules that a pause holds still. */
export function listOf({ verdict, causes, first, open }: Pick<NotRunGroup, 'verdict' | 'causes' | 'first' | 'open'>) {
  if (verdict === 'paused' && open) {
    const layer = causes.find(({ code }) => code === 'pause')?.parameters.layer;
    return { of: 'schedules', search: { paused: layer ?? 'true' } } as const;
  }
  const reason = verdict === 'paused' ? 'paused' : causes[0]?.code;
  const state = verdict === 'paused' ? 'skipped' : verdict;
  return states.includes(state)
    ? ({ of: 'runs', search: { state, from: first, ...(reason && texts.parts.reasons[reason] ? { reason } : {}) } } as const)
    : undefined;
}
