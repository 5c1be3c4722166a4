import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';
import { readSearch } from './search';
export const loadRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'load',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./page'), 'LoadPage'),
});
