import type { BulkAction, BulkName } from '../../api/bulk';
import { now } from '../../app/clock';
import { Choice } from '../../parts/form/choice';
import { Field } from '../../parts/form/field';
import { texts } from '../../texts';
import { isReady, nothingTyped, policyOf, type TypedPolicies } from './bulk-policy';

const words = texts.schedules.bulk;
const pause = texts.schedule.dialogs.pause;
const fields = texts.schedule.policy.fields;

export type TypedBulk = { note: string; minutes: string; onEnd: string; policy: TypedPolicies };

export const nothingAsked: TypedBulk = { note: '', minutes: 'none', onEnd: '', policy: nothingTyped };

/** Whether all is typed that the action needs. */
export const isAsked = (action: BulkName, { note, policy }: TypedBulk) =>
  action === 'pause' ? note.trim() !== '' : action === 'set-policy' ? isReady(policy) : true;

/** What is asked of the server; a pause that ends by itself is counted from now. */
export function actionOf(action: BulkName, { note, minutes, onEnd, policy }: TypedBulk): BulkAction {
  if (action === 'pause') {
    const until = minutes === 'none' ? undefined : new Date(now() + Number(minutes) * 60_000).toISOString();
    return { action, note: note.trim(), onEnd: onEnd || 'next', ...(until ? { until } : {}) };
  }
  return { action, ...(action === 'resume' && onEnd ? { onEnd } : {}), ...(action === 'set-policy' ? { policy: policyOf(policy) } : {}) };
}

type Props = { action: BulkName; typed: TypedBulk; errors: Readonly<Record<string, string>>; onType: (typed: TypedBulk) => void };

/** What there is to say about an action, before it is shown what it would do. */
export function BulkForm({ action, typed, errors, onType }: Props) {
  const set = (field: 'note' | 'minutes' | 'onEnd') => (value: string) => onType({ ...typed, [field]: value });
  if (action === 'pause') {
    return (
      <>
        <Field label={words.note} hint={words.noteHint} value={typed.note} onChange={set('note')} maxLength={512} error={errors.note} autoFocus isRequired />
        <Choice label={pause.until} value={typed.minutes} options={pause.durations} onChange={set('minutes')} />
        <Choice label={pause.onEnd} value={typed.onEnd || 'next'} options={pause.ends} onChange={set('onEnd')} />
      </>
    );
  }
  if (action === 'resume') {
    const options = [{ value: '', text: words.asEachSays }, ...pause.ends];
    return <Choice label={pause.onEnd} value={typed.onEnd} options={options} onChange={set('onEnd')} />;
  }
  if (action === 'set-policy') {
    const put = (field: keyof TypedPolicies) => (value: string) => onType({ ...typed, policy: { ...typed.policy, [field]: value } });
    const among = (...values: string[]) => [
      { value: '', text: words.stays },
      ...values.map((value) => ({ value, text: fields.options[value] ?? value })),
    ];
    return (
      <>
        <p>{words.policyHint}</p>
        <Choice label={fields.overlap} value={typed.policy.overlap} options={among('skip', 'queue-one')} onChange={put('overlap')} />
        <Choice label={fields.missed} value={typed.policy.missed} options={among('latest', 'none', 'all')} onChange={put('missed')} />
        <Field label={fields.pauses} value={typed.policy.pauses} onChange={put('pauses')} inputMode="numeric" error={errors['policy.pauseAfterFailures']} />
        <Field label={words.limit} value={typed.policy.limit} onChange={put('limit')} inputMode="numeric" error={errors['policy.timeLimitSeconds']} />
        <Field label={fields.spread} value={typed.policy.spread} onChange={put('spread')} inputMode="numeric" error={errors['policy.spreadSeconds']} />
      </>
    );
  }
  return null;
}
