import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';

export const installRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'installs/$installId',
  component: lazyRouteComponent(() => import('./page'), 'InstallPage'),
});
