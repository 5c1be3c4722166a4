import { createRoute } from '@tanstack/react-router';
import { pageOf } from '../../app/page-of';
import { scopeRoute } from '../../app/root';

export const runRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'runs/$runId',
  component: pageOf(() => import('./page'), 'RunPage'),
});
