import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';

export const nodesRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'nodes',
  validateSearch: ({ all }: Record<string, unknown>): { all?: boolean } => (all === true ? { all } : {}),
  component: lazyRouteComponent(() => import('./page'), 'NodesPage'),
});
