import type { BulkAction, BulkName } from '../../api/bulk';
import { now } from '../../app/clock';
import { Choice } from '../../parts/form/choice';
import { Field } from '../../parts/form/field';
import { noEnd, untilOf, type PauseEnd } from '../../parts/dialog/pause-end';
import { PauseEndFields } from '../../parts/dialog/pause-end-fields';
import { ownZone } from '../../parts/time/format';
import { texts } from '../../texts';
import { noCount } from '../schedule/dialogs/changed';
import { isReady, nothingTyped, policyOf, type TypedPolicies } from './bulk-policy';

const words = texts.schedules.bulk;
const pause = texts.schedule.dialogs.pause;
const fields = texts.schedule.policy.fields;

export type TypedBulk = { note: string; end: PauseEnd; onEnd: string; policy: TypedPolicies };

export const nothingAsked = (): TypedBulk => ({ note: '', end: noEnd(now(), ownZone()), onEnd: '', policy: nothingTyped });

/** What the action still needs before it can be shown what it would do; nothing where all is typed. */
export function missingOf(action: BulkName, { note, end, policy }: TypedBulk): string | undefined {
  if (action === 'pause') {
    return note.trim() === '' ? words.missing.note : untilOf(end, ownZone(), now()).wrong ? words.missing.end : undefined;
  }
  return action === 'set-policy' && !isReady(policy) ? words.missing.policy : undefined;
}

/** What is asked of the server; a pause that ends by itself is counted from now. */
export function actionOf(action: BulkName, { note, end, onEnd, policy }: TypedBulk): BulkAction {
  if (action === 'pause') {
    const { until } = untilOf(end, ownZone(), now());
    return { action, note: note.trim(), onEnd: onEnd || 'next', ...(until ? { until } : {}) };
  }
  return { action, ...(action === 'resume' && onEnd ? { onEnd } : {}), ...(action === 'set-policy' ? { policy: policyOf(policy) } : {}) };
}

type Props = { action: BulkName; typed: TypedBulk; onType: (typed: TypedBulk) => void };

/** What there is to say about an action, before it is shown what it would do. */
export function BulkForm({ action, typed, onType }: Props) {
  const set = (field: 'note' | 'onEnd') => (value: string) => onType({ ...typed, [field]: value });
  if (action === 'pause') {
    return (
      <>
        <Field label={words.note} hint={words.noteHint} value={typed.note} onChange={set('note')} maxLength={512} name="note" autoFocus isRequired />
        <PauseEndFields end={typed.end} onChange={(end) => onType({ ...typed, end })} zone={undefined} />
        <Choice label={pause.onEnd} value={typed.onEnd || 'next'} options={pause.ends} onChange={set('onEnd')} name="onEnd" />
      </>
    );
  }
  if (action === 'resume') {
    const options = [{ value: '', text: words.asEachSays }, ...pause.ends];
    return <Choice label={pause.onEnd} value={typed.onEnd} options={options} onChange={set('onEnd')} name="onEnd" />;
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
        <Choice label={fields.overlap} value={typed.policy.overlap} options={among('skip', 'queue-one')} onChange={put('overlap')} name="policy.overlap" />
        <Choice label={fields.missed} value={typed.policy.missed} options={among('latest', 'none', 'all')} onChange={put('missed')} name="policy.missed" />
        <Field
          label={fields.pauses}
          value={typed.policy.pauses}
          onChange={put('pauses')}
          inputMode="numeric"
          name="policy.pauseAfterFailures"
          error={noCount(typed.policy.pauses)}
        />
        <Field
          label={words.limit}
          value={typed.policy.limit}
          onChange={put('limit')}
          inputMode="numeric"
          name="policy.timeLimitSeconds"
          error={noCount(typed.policy.limit)}
        />
        <Field
          label={fields.spread}
          value={typed.policy.spread}
          onChange={put('spread')}
          inputMode="numeric"
          name="policy.spreadSeconds"
          error={noCount(typed.policy.spread)}
        />
      </>
    );
  }
  return null;
}
