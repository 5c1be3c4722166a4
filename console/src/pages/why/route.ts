import { createRoute } from '@tanstack/react-router';
import { pageOf } from '../../app/page-of';
import { scopeRoute } from '../../app/root';
import { readSearch } from '../schedule/search';

export const whyRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: 'schedules/$installId/$scheduleId/why',
  validateSearch: readSearch,
  component: pageOf(() => import('./page'), 'WhyPage'),
});
