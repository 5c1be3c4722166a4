import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';

export const installsRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'installs',
  component: lazyRouteComponent(() => import('./page'), 'InstallsPage'),
});
