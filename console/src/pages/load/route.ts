import { createRoute } from '@tanstack/react-router';
import { pageOf } from '../../app/page-of';
import { scopeRoute } from '../../app/root';
import { readSearch } from './search';
export const loadRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'load',
  validateSearch: readSearch,
  component: pageOf(() => import('./page'), 'LoadPage'),
});
