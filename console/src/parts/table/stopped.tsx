import { texts } from '../../texts';
import { Button } from '../button';
import type { Stop } from './stop';

const words = texts.parts.table.stopped;

/** Says below a list why it does not go on, and lets it. */
export function Stopped({ why, onMore }: { why: Stop; onMore: () => void }) {
  return (
    <span role={why === 'failed' ? 'alert' : 'status'}>
      {words[why].text}{' '}
      <Button look="quiet" onPress={onMore}>
        {words[why].act}
      </Button>
    </span>
  );
}
