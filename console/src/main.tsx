import './style/tokens.css';
import './style/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { noteActs } from './api/attended';
import { guardAccount } from './app/account';
import { forgetAll } from './app/forget';
import { beginKeys } from './app/keys';
import { queryClient } from './app/query-client';
import { NotLoaded } from './app/page-of';
import { router } from './app/routes';
import { beginCodes, dropCode } from './app/sign-in-address';
import { beginTheme } from './app/theme';
import { beginLive, unwatch } from './live/connection';
import { Boundary } from './parts/feedback/boundary';
import { language } from './texts';

// Before anything else, so that a code is in the address for no longer than it must be.
beginCodes();
beginTheme();
beginKeys();
noteActs(window, Date.now);
beginLive(queryClient);
guardAccount(
  queryClient,
  (account, before) => {
    forgetAll();
    unwatch();
    // Where somebody was signed in all along they are asked, and it is kept until they say.
    if (account && before !== undefined) {
      dropCode();
    }
  },
  typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('escapement-session'),
);

createRoot(document.getElementById('console') as HTMLElement, {
  // That a page did not come is said in its place; whatever else breaks is also for whoever mends it.
  onCaughtError: (error) => error instanceof NotLoaded || console.error(error),
}).render(
  <StrictMode>
    <I18nProvider locale={language}>
      <QueryClientProvider client={queryClient}>
        <Boundary><RouterProvider router={router} /></Boundary>
      </QueryClientProvider>
    </I18nProvider>
  </StrictMode>,
);
