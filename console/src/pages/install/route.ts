import { createRoute } from '@tanstack/react-router';
import { pageOf } from '../../app/page-of';
import { scopeRoute } from '../../app/root';

export const installRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'installs/$installId',
  component: pageOf(() => import('./page'), 'InstallPage'),
});
