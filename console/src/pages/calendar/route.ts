import { createRoute } from '@tanstack/react-router';
import { pageOf } from '../../app/page-of';
import { scopeRoute } from '../../app/root';
import { readSearch } from './search';

export const calendarRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'calendar',
  validateSearch: readSearch,
  component: pageOf(() => import('./page'), 'CalendarPage'),
});
