import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';
import { readSearch } from './search';

export const schedulesRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'schedules',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./page'), 'SchedulesPage'),
});
