import { createRoute } from '@tanstack/react-router';
import { pageOf } from '../../app/page-of';
import { scopeRoute } from '../../app/root';

export const nodesRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'nodes',
  validateSearch: ({ all }: Record<string, unknown>): { all?: true | undefined } => ({ all: all === true ? all : undefined }),
  component: pageOf(() => import('./page'), 'NodesPage'),
});
