import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';

export const extensionsRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'extensions',
  component: lazyRouteComponent(() => import('./page'), 'ExtensionsPage'),
});
