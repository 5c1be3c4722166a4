import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';

export const runRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'runs/$runId',
  component: lazyRouteComponent(() => import('./page'), 'RunPage'),
});
