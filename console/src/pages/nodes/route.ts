import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';

export const nodesRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'nodes',
  validateSearch: ({ all }: Record<string, unknown>): { all?: true | undefined } => ({ all: all === true ? all : undefined }),
  component: lazyRouteComponent(() => import('./page'), 'NodesPage'),
});
