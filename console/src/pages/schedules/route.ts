import { createRoute } from '@tanstack/react-router';
import { pageOf } from '../../app/page-of';
import { scopeRoute } from '../../app/root';
import { readSearch } from './search';

export const schedulesRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'schedules',
  validateSearch: readSearch,
  component: pageOf(() => import('./page'), 'SchedulesPage'),
});
