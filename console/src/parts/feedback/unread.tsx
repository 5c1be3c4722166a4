import { Unreachable } from '../../api/problem';
import { Problem } from './problem';
import { Skeleton } from './skeleton';

type Props = {
  /** What it is read by. */
  of: { error: unknown; refetch?: () => unknown };
  rows?: number | undefined;
  height?: number | undefined;
  /** It takes the place of a whole page, not of a part of one. */
  whole?: boolean;
};

/**
 * Stands where nothing has been read yet: its room, or why it could not be read. Whoever shows it has no data: what was read once stays, whatever comes
 * of reading it again. That the server does not answer is said by the banner for all of the page, so until it does again the room is kept.
 */
export function Unread({ of: { error, refetch }, rows, height, whole = false }: Props) {
  return error && !(error instanceof Unreachable) ? (
    <Problem error={error} compact={!whole} onRetry={refetch && (() => void refetch())} />
  ) : (
    <Skeleton rows={rows} height={height} />
  );
}
