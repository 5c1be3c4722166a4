import { createRoute } from '@tanstack/react-router';
import { pageOf } from '../../app/page-of';
import { scopeRoute } from '../../app/root';

export const extensionsRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'extensions',
  component: pageOf(() => import('./page'), 'ExtensionsPage'),
});
