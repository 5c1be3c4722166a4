import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';
import { readSearch } from './search';

export const scheduleRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'schedules/$installId/$scheduleId',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./page'), 'SchedulePage'),
});
