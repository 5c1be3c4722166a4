import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';

export const nowRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'now',
  component: lazyRouteComponent(() => import('./of-known'), 'NowOfKnown'),
});
