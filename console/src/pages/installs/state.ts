import type { Install } from '../../api/types';

/** How an install stands; `held`: a pause of the tenant or the host holds all of them. */
export const stateOf = ({ enabled, paused }: Pick<Install, 'enabled' | 'paused'>, held: boolean) =>
  !enabled ? 'disabled' : paused || held ? 'paused' : 'enabled';
