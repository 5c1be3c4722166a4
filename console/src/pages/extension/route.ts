import { createRoute } from '@tanstack/react-router';
import { pageOf } from '../../app/page-of';
import { scopeRoute } from '../../app/root';

export const extensionRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'extensions/$extensionId',
  validateSearch: ({ version }: Record<string, unknown>): { version?: string | undefined } => ({
    version: typeof version === 'string' || typeof version === 'number' ? String(version) : undefined,
  }),
  component: pageOf(() => import('./page'), 'ExtensionPage'),
});
