import './style/tokens.css';
import './style/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { guardAccount } from './app/account';
import { forgetAll } from './app/forget';
import { beginKeys } from './app/keys';
import { queryClient } from './app/query-client';
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
beginLive(queryClient);
guardAccount(
  queryClient,
  (account) => {
    forgetAll();
    unwatch();
    if (account) {
      dropCode();
    }
  },
  typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('escapement-session'),
);

createRoot(document.getElementById('console') as HTMLElement).render(
  <StrictMode>
    <I18nProvider locale={language}>
      <QueryClientProvider client={queryClient}>
        <Boundary><RouterProvider router={router} /></Boundary>
      </QueryClientProvider>
    </I18nProvider>
  </StrictMode>,
);
