import { createRouter } from '@tanstack/react-router';
import { accessRoute } from '../pages/access/route';
import { auditRoute } from '../pages/audit/route';
import { calendarRoute } from '../pages/calendar/route';
import { extensionRoute } from '../pages/extension/route';
import { extensionsRoute } from '../pages/extensions/route';
import { installRoute } from '../pages/install/route';
import { installsRoute } from '../pages/installs/route';
import { loadRoute } from '../pages/load/route';
import { nodesRoute } from '../pages/nodes/route';
import { nowRoute } from '../pages/now/route';
import { runRoute } from '../pages/run/route';
import { runsRoute } from '../pages/runs/route';
import { scheduleRoute } from '../pages/schedule/route';
import { schedulesRoute } from '../pages/schedules/route';
import { whyRoute } from '../pages/why/route';
import { base } from './places';
import { rootRoute, scopeRoute, scopeStartRoute, startRoute } from './root';

// Each page brings its own route; a page that is added stands here and, if it has a place there, in `nav.ts`.
const tree = rootRoute.addChildren([startRoute, scopeRoute.addChildren([
  scopeStartRoute,
  nowRoute, schedulesRoute, scheduleRoute, whyRoute, runsRoute, runRoute,
  auditRoute, accessRoute, nodesRoute, extensionsRoute, extensionRoute, installsRoute, installRoute,
  calendarRoute, loadRoute,
])]);

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
