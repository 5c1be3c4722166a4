import { createRoute } from '@tanstack/react-router';
import { pageOf } from '../../app/page-of';
import { scopeRoute } from '../../app/root';

export const nowRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'now',
  component: pageOf(() => import('./of-known'), 'NowOfKnown'),
});
