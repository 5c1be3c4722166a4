import { createRoute } from '@tanstack/react-router';
import { pageOf } from '../../app/page-of';
import { scopeRoute } from '../../app/root';

export const installsRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'installs',
  component: pageOf(() => import('./page'), 'InstallsPage'),
});
