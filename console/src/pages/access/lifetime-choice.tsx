import { now } from '../../app/clock';
import { Choice } from '../../parts/form/choice';
import { formatTime, ownZone } from '../../parts/time/format';
import { texts } from '../../texts';
import { keep, mine } from './lifetimes';

const words = texts.access;

type Props = { label: string; value: string; among: readonly string[]; own: string | null | undefined; onChange: (value: string) => void };

/** Asks how long a token lives; `own` is when the reader’s own ends. */
export function LifetimeChoice({ label, value, among, own, onChange }: Props) {
  const said = (name: string) =>
    name === keep ? words.rotate.keep
      : name === mine && own ? words.make.asMine(formatTime(own, ownZone(), 'minute', now()))
      : (words.make.lifetimes[name] ?? name);
  return <Choice label={label} value={value} onChange={onChange} options={among.map((name) => ({ value: name, text: said(name) }))} name="expires" />;
}
