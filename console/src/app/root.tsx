import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useSyncExternalStore } from 'react';
import { createRootRoute, createRoute, Navigate, Outlet } from '@tanstack/react-router';
import { firstScope, seesAll, sessionQuery } from '../api/session';
import { Boundary } from '../parts/feedback/boundary';
import { Problem } from '../parts/feedback/problem';
import { Skeleton } from '../parts/feedback/skeleton';
import { accountOf } from './account';
import { useScope } from './scope';
import { isAll, isTenant } from './scope-name';
import { SessionProvider, useSession } from './session';
import { Shell } from './shell/shell';
import { codeOfLink, onCode } from './sign-in-address';
import { Refused } from '../api/problem';

const SignIn = lazy(() => import('./sign-in').then(({ SignIn }) => ({ default: SignIn })));
const SignInOver = lazy(() => import('./sign-in-over'));
const SignInByLink = lazy(() => import('./sign-in-by-link'));
const nothing = new Refused(404, undefined);

function Root() {
  const session = useQuery(sessionQuery);
  const code = useSyncExternalStore(onCode, codeOfLink);
  const was = useRef(false);
  was.current ||= Boolean(session.data);
  if (session.isPending) {
    return <Skeleton rows={4} said />;
  }
  if (session.data === undefined) {
    return <Broken error={session.error} onRetry={() => void session.refetch()} />;
  }
  if (session.data === null) {
    return <Suspense><SignIn again={was.current} /></Suspense>;
  }
  // Another account's pages begin anew: what they hold of the one before is nothing to show.
  return (
    <>
      <SessionProvider key={accountOf(session.data)} value={session.data}><Outlet /></SessionProvider>
      {session.data.ended && <Boundary><Suspense><SignInOver /></Suspense></Boundary>}
      {code && !session.data.ended && <Boundary><Suspense><SignInByLink key={code} code={code} session={session.data} /></Suspense></Boundary>}
    </>
  );
}

const Broken = ({ error, onRetry }: { error: unknown; onRetry?: () => void }) => (
  <main style={{ padding: 24 }}><Problem error={error} onRetry={onRetry} /></main>
);

/** Whoever names no tenant begins with the first that they have. */
function Start() {
  return <Navigate to="/t/$scope/now" params={{ scope: firstScope(useSession()) }} replace />;
}

function Scope() {
  const scope = useScope();
  const session = useSession();
  if (!isAll(scope) && !isTenant(scope)) {
    return <Broken error={nothing} />;
  }
  // A single tenant's admin who opens an address of all tenants is better off at their own.
  return isAll(scope) && !seesAll(session) && session.tenants[0] ? <Start /> : <Shell />;
}

export const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: () => <Broken error={nothing} />,
  errorComponent: ({ error, reset }) => <Broken error={error} onRetry={reset} />,
});

export const startRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: Start });

/** Everything that belongs to a tenant, or to all: `/t/acme/…`, `/t/~all/…`. The parent of every page's route. */
export const scopeRoute = createRoute({ getParentRoute: () => rootRoute, path: '/t/$scope', component: Scope });

/** An address that ends behind its tenant begins with how that is. */
export const scopeStartRoute = createRoute({
  getParentRoute: () => scopeRoute,
  path: '/',
  component: () => <Navigate to="/t/$scope/now" params={{ scope: useScope() }} replace />,
});
