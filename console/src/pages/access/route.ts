import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';

export const accessRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'access',
  validateSearch: ({ token }: Record<string, unknown>): { token?: string } => (typeof token === 'string' ? { token } : {}),
  component: lazyRouteComponent(() => import('./page'), 'AccessPage'),
});
