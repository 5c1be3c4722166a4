import { createRoute } from '@tanstack/react-router';
import { pageOf } from '../../app/page-of';
import { scopeRoute } from '../../app/root';

export const accessRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'access',
  validateSearch: ({ token }: Record<string, unknown>): { token?: string | undefined } => ({ token: typeof token === 'string' ? token : undefined }),
  component: pageOf(() => import('./page'), 'AccessPage'),
});
