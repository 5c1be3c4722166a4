import { createRouter } from '@tanstack/react-router';
import { nowRoute } from '../pages/now/route';
import { runRoute } from '../pages/run/route';
import { scheduleRoute } from '../pages/schedule/route';
import { schedulesRoute } from '../pages/schedules/route';
import { whyRoute } from '../pages/why/route';
import { base } from './places';
import { rootRoute, scopeRoute, startRoute } from './root';

// Each page brings its own route; a page that is added stands here and, if it has a place there, in `nav.ts`.
const tree = rootRoute.addChildren([startRoute, scopeRoute.addChildren([nowRoute, schedulesRoute, scheduleRoute, whyRoute, runRoute])]);

export const router = createRouter({
  routeTree: tree,
  basepath: base,
  defaultPreload: 'intent',
  scrollRestoration: true,
  scrollToTopSelectors: ['#content'],
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
