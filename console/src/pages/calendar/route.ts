import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';
import { readSearch } from './search';

export const calendarRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'calendar',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./page'), 'CalendarPage'),
});
