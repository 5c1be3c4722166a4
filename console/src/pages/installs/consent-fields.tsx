import type { Asked } from '../../api/installs';
import { Chip } from '../../parts/chip';
import { Tick } from '../../parts/form/tick';
import { texts } from '../../texts';
import styles from './installs.module.css';

const words = texts.installs.consent;
const tones: Record<string, 'plain' | 'skipped' | 'failed'> = { low: 'plain', notable: 'skipped', high: 'failed' };

export const RiskChip = ({ of }: { of: string }) => <Chip tone={tones[of] ?? 'plain'}>{words.risks[of] ?? of}</Chip>;

type Props = { asked: readonly Asked[]; chosen: ReadonlySet<string>; onChange: (chosen: ReadonlySet<string>) => void };

/** What an extension asks for, one sentence each with its risk, to be granted or not. */
export function ConsentFields({ asked, chosen, onChange }: Props) {
  if (asked.length === 0) {
    return <p className={styles.muted}>{words.nothing}</p>;
  }
  const toggle = (capability: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) {
      next.add(capability);
    } else {
      next.delete(capability);
    }
    onChange(next);
  };
  return (
    <div role="group" aria-label={words.group} className={styles.consent}>
      {asked.map((one) => (
        <div key={one.capability} className={styles.asked}>
          <Tick
            isSelected={one.alwaysGranted || chosen.has(one.capability)}
            isDisabled={one.alwaysGranted}
            onChange={(on) => toggle(one.capability, on)}
          >
            <span>
              {one.sentence} <code className={styles.muted}>{one.capability}</code>
            </span>
          </Tick>
          <span className={styles.chips}>
            {one.alwaysGranted && <Chip>{words.always}</Chip>}
            <RiskChip of={one.risk} />
          </span>
        </div>
      ))}
    </div>
  );
}
