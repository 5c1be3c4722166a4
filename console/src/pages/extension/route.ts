import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';

export const extensionRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'extensions/$extensionId',
  validateSearch: ({ version }: Record<string, unknown>): { version?: string | undefined } => ({
    version: typeof version === 'string' || typeof version === 'number' ? String(version) : undefined,
  }),
  component: lazyRouteComponent(() => import('./page'), 'ExtensionPage'),
});
