import { useQuery, type QueryKey } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { meanAnew } from '../../api/once';
import { Unreachable } from '../../api/problem';
import { texts } from '../../texts';
import { Button } from '../button';
import { Problem } from '../feedback/problem';
import { Skeleton } from '../feedback/skeleton';
import { TellsFields, useTold } from '../form/told';
import { Dialog } from './dialog';
import { previewQuery, useSettled } from './preview-query';

type Props<T> = {
  title: string;
  /** What the preview depends on besides the dialog itself: another value is another preview. */
  of: QueryKey;
  /** Fields above the preview that say what is wanted. */
  form?: ReactNode;
  /** What is still wanted before there is anything to show; it stands in the place of the preview. */
  missing?: string | undefined;
  preview: (signal: AbortSignal) => Promise<T>;
  children: (preview: T) => ReactNode;
  /** What the button says, such as "Backfill 175"; nothing when there is nothing to do. */
  commit: (preview: T) => string | undefined;
  look?: 'main' | 'danger';
  onCommit: (preview: T) => Promise<unknown>;
  onClose: () => void;
};

/** Shows first what a change would do, as the server says it, and does exactly that. */
export function PreviewDialog<T>({ title, of, form, missing, preview, children, commit, look = 'main', onCommit, onClose }: Props<T>) {
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  useEffect(meanAnew, []);
  // What had no answer can be sent again as it is; what was refused wants another preview.
  const refused = error !== undefined && !(error instanceof Unreachable);
  const query = previewQuery(of, useSettled(of), missing === undefined, preview);
  const shown = useQuery(query);
  const wrong = error ?? shown.error;
  const { told, elsewhere, isAtFields } = useTold(wrong, wrong, true);
  const text = shown.data === undefined ? undefined : commit(shown.data);
  async function carryOut(preview: T): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      await onCommit(preview);
      onClose();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  }
  function again(): void {
    setError(undefined);
    void shown.refetch();
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      wide
      footer={
        <>
          <Button onPress={onClose}>{texts.parts.dialog.cancel}</Button>
          {error !== undefined && <Button onPress={again}>{texts.parts.preview.again}</Button>}
          {text && (
            <Button
              look={look}
              isDisabled={shown.isFetching || refused || !query.enabled}
              isPending={busy}
              onPress={() => shown.data !== undefined && void carryOut(shown.data)}
            >
              {text}
            </Button>
          )}
        </>
      }
    >
      <TellsFields told={told}>{form}</TellsFields>
      {missing !== undefined && <p role="status">{missing}</p>}
      {missing === undefined && shown.isPending && <Skeleton rows={3} />}
      {shown.error && !isAtFields && <Problem error={shown.error} compact fields={elsewhere} onRetry={again} />}
      {missing === undefined && shown.data !== undefined && !shown.error && children(shown.data)}
      {error !== undefined && !isAtFields && <Problem error={error} compact fields={elsewhere} />}
    </Dialog>
  );
}
