import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';

export const accessRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'access',
  validateSearch: ({ token }: Record<string, unknown>): { token?: string | undefined } => ({ token: typeof token === 'string' ? token : undefined }),
  component: lazyRouteComponent(() => import('./page'), 'AccessPage'),
});
