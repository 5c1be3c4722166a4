import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';
import { readSearch } from './search';

export const runsRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'runs',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./page'), 'RunsPage'),
});
