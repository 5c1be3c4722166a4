import { useState } from 'react';
import { Button } from '../../../parts/button';
import { Field } from '../../../parts/form/field';
import { texts } from '../../../texts';
import styles from '../schedule.module.css';
import { isLikeCron, type TypedSchedule } from './changed';
import { TimesPreview, useTypedTimes } from './times-preview';
import { ZoneField } from './zone-field';

const words = texts.schedule.dialogs.edit;

/**
 * What is typed of a schedule: its expression is what was understood of it, and what that means is asked while it is typed. `zone` is its zone until
 * somebody types another.
 */
export function useDefinition(at: { tenant: string; installId: string; scheduleId?: string }, first: TypedSchedule, zone?: string) {
  const [began] = useState(first);
  const [changed, setChanged] = useState<Partial<TypedSchedule>>({});
  const typed = { ...began, timezone: zone ?? began.timezone, ...changed };
  const read = texts.cron.read(typed.cron);
  const cron = read ? ('cron' in read ? read.cron : '') : typed.cron.trim();
  const times = useTypedTimes(at, cron, typed.timezone);
  return { typed, read, times, wanted: { ...typed, cron }, set: (change: Partial<TypedSchedule>) => setChanged((now) => ({ ...now, ...change })) };
}

/** The fields of a schedule. */
export function DefinitionFields({ of: { typed, read, times, set } }: { of: ReturnType<typeof useDefinition> }) {
  const understood = read && 'cron' in read ? words.reads(read.cron) : undefined;
  return (
    <>
      <Field label={words.name} value={typed.name} onChange={(name) => set({ name })} name="name" />
      <div className={styles.pair}>
        <Field
          label={words.cron}
          hint={understood ?? words.cronHint}
          placeholder={words.cronExample}
          value={typed.cron}
          onChange={(cron) => set({ cron })}
          name="cron"
          error={read && 'wrong' in read ? read.wrong : times.errors.cron && (isLikeCron(typed.cron) ? times.errors.cron : words.cronUnread)}
          missing={typed.cron.trim() === '' ? words.cronMissing : undefined}
          mono
          autoFocus
        />
        <ZoneField label={words.zone} value={typed.timezone} onChange={(timezone) => set({ timezone })} error={times.errors.timezone} />
      </div>
      <div className={styles.presets} role="group" aria-label={words.usual}>
        {Object.entries(words.presets).map(([value, text]) => (
          <Button key={value} onPress={() => set({ cron: value })}>
            {text}
          </Button>
        ))}
      </div>
      <TimesPreview of={times} />
      <Field label={words.payload} value={typed.payload} onChange={(payload) => set({ payload })} name="payload" rows={3} mono />
    </>
  );
}
