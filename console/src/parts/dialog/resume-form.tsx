import type { QueryKey } from '@tanstack/react-query';
import { useState } from 'react';
import type { ResumePreview } from '../../api/types';
import { list, texts } from '../../texts';
import { Choice } from '../form/choice';
import { PreviewDialog } from './preview-dialog';

const words = texts.schedule.dialogs.resume;
const ends = texts.schedule.dialogs.pause.ends;

type Shown = ResumePreview & {
  /** Of a pause over several: what is called how of those that another pause holds still, as far as it was read. */
  staying?: readonly string[];
};

type Props<T> = {
  title: string;
  of: QueryKey;
  /** Given what is to become of what came due meanwhile; nothing for what the pause says. */
  preview: (onEnd: string | undefined) => Promise<T>;
  onResume: (preview: T) => Promise<unknown>;
  onClose: () => void;
};

/** Ends a pause: first how many schedules it holds, and what runs and what does not when it ends, by what is chosen for that. */
export function ResumeForm<T extends Shown>({ title, of, preview, onResume, onClose }: Props<T>) {
  const [onEnd, setOnEnd] = useState('');
  return (
    <PreviewDialog
      title={title}
      of={[...of, onEnd]}
      form={
        <Choice
          label={words.onEnd}
          value={onEnd || 'as-said'}
          options={[{ value: 'as-said', text: words.asSaid }, ...ends]}
          onChange={(value) => setOnEnd(value === 'as-said' ? '' : value)}
        />
      }
      preview={() => preview(onEnd || undefined)}
      commit={({ runs }) => words.commit(runs)}
      onCommit={onResume}
      onClose={onClose}
    >
      {({ schedules, skipped, runs, stayPaused, staying }) => (
        <p>
          {schedules > 1 ? words.held(schedules) : ''} {words.skipped(skipped)} {skipped + runs > 0 ? words.runs(runs) : ''}{' '}
          {stayPaused > 0 && staysOf(stayPaused, staying)}
        </p>
      )}
    </PreviewDialog>
  );
}

const named = 3;

function staysOf(count: number, staying: readonly string[] | undefined): string {
  if (!staying) {
    return words.stays;
  }
  return staying.length === count && count <= named ? words.staying(list([...staying]), count) : words.stayOf(count);
}
