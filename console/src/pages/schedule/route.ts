import { createRoute } from '@tanstack/react-router';
import { pageOf } from '../../app/page-of';
import { scopeRoute } from '../../app/root';
import { readSearch } from './search';

export const scheduleRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'schedules/$installId/$scheduleId',
  validateSearch: readSearch,
  component: pageOf(() => import('./page'), 'SchedulePage'),
});
