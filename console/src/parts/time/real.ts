import { realMs } from '../../app/clock';
import { formatDuration } from './format';

/** How long something took that was measured on the host's clock, in real time: where that clock runs faster, a run takes no longer for it. */
export const formatReal = (hostMilliseconds: number) => formatDuration(realMs(hostMilliseconds));
