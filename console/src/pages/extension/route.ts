import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';

export const extensionRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'extensions/$extensionId',
  validateSearch: ({ version }: Record<string, unknown>): { version?: string } =>
    typeof version === 'string' || typeof version === 'number' ? { version: String(version) } : {},
  component: lazyRouteComponent(() => import('./page'), 'ExtensionPage'),
});
