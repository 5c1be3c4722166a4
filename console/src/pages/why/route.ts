import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { scopeRoute } from '../../app/root';
import { readSearch } from '../schedule/search';

export const whyRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'schedules/$installId/$scheduleId/why',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./page'), 'WhyPage'),
});
