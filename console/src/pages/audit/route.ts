import { createRoute } from '@tanstack/react-router';
import { pageOf } from '../../app/page-of';
import { scopeRoute } from '../../app/root';
import { readSearch } from './search';

export const auditRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'audit',
  validateSearch: readSearch,
  component: pageOf(() => import('./page'), 'AuditPage'),
});
