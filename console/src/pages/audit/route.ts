import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';
import { readSearch } from './search';

export const auditRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'audit',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./page'), 'AuditPage'),
});
