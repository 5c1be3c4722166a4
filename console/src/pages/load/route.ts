import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';
import { isDay } from '../calendar/dates';

/** The day that is looked at by minute, and the step whose schedules are shown. */
export type LoadSearch = { day?: string; at?: string };

function readSearch({ day, at }: Record<string, unknown>): LoadSearch {
  const step = typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? new Date(at).toISOString() : undefined;
  return { ...(isDay(day) ? { day } : {}), ...(step ? { at: step } : {}) };
}

export const loadRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'load',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./page'), 'LoadPage'),
});
