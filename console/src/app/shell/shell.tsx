import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { unwatch, watch } from '../../live/connection';
import { Boundary } from '../../parts/feedback/boundary';
import { say, Toasts } from '../../parts/feedback/toasts';
import { nextTimeMode } from '../../parts/time/preference';
import { WhenHint } from '../../parts/time/when-hint';
import { texts } from '../../texts';
import { useCommands } from '../commands';
import { useKeys } from '../keys';
import { useLeads } from '../leads';
import { navFor } from '../nav';
import { beginTyping, takeTyped } from '../palette/ahead';
import { useScope } from '../scope';
import { useMay, useSession } from '../session';
import { Rail } from './rail';
import styles from './shell.module.css';
import { AwayBanner, TopBar } from './top-bar';

const Palette = lazy(() =>
  import('../palette/palette').catch((error: unknown) => {
    takeTyped();
    throw error;
  }),
);
const KeyList = lazy(() => import('./key-list'));

/** What stands around every page: the list of pages, the bar with the palette, messages. */
export function Shell() {
  const scope = useScope();
  const navigate = useNavigate();
  const [open, setOpen] = useState<'palette' | 'keys' | 'pages'>();
  const close = () => setOpen(undefined);
  const find = useCallback(() => {
    if (open !== 'palette') {
      beginTyping(() => setOpen(undefined));
      setOpen('palette');
    }
  }, [open]);
  useEffect(() => (open === 'palette' ? () => void takeTyped() : undefined), [open]);
  const path = useRouterState({ select: (state) => state.location.pathname });

  // What led here by the keyboard went with its page: the focus goes on in the new one.
  const arrived = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const last = useRef(arrived);
  useEffect(() => {
    if (last.current && last.current !== arrived && document.activeElement === document.body) {
      document.getElementById('content')?.focus({ preventScroll: true });
    }
    last.current = arrived;
  }, [arrived]);

  useLeads(scope);
  const { ended } = useSession();
  useEffect(() => (ended ? unwatch() : watch(scope)), [scope, ended]);
  const { seeAll } = useMay();
  const words = texts.shell;
  const pages = useMemo(
    () =>
      navFor({ seeAll }).map((entry) => ({
        ...entry,
        act: () => void navigate({ to: `/t/$scope/${entry.path}` as '/t/$scope/schedules', params: { scope } }),
      })),
    [navigate, scope, seeAll],
  );
  useKeys(
    useMemo(
      () => [
        { keys: 'Ctrl+k', text: words.keys.palette, act: find },
        { keys: '?', text: words.keys.list, act: () => setOpen('keys') },
        { keys: 'u', text: words.keys.times, act: () => say(words.times[nextTimeMode()]) },
        ...pages.map((page) => ({ keys: `g ${page.key}`, text: words.palette.goTo(page.name), act: page.act })),
      ],
      [pages, words, find],
    ),
  );
  useCommands(
    useMemo(
      () => [
        ...pages.map((page) => ({ id: `go-${page.path}`, text: words.palette.goTo(page.name), hint: `g ${page.key}`, act: page.act })),
        { id: 'keys', text: words.keys.list, hint: '?', act: () => setOpen('keys') },
        { id: 'times', text: words.keys.times, hint: 'u', act: () => say(words.times[nextTimeMode()]) },
      ],
      [pages, words],
    ),
  );

  return (
    <div className={styles.shell}>
      <a
        href="#content"
        className={styles.skip}
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('content')?.focus();
        }}
      >
        {words.skipToContent}
      </a>
      <Rail open={open === 'pages'} onClose={() => setOpen((now) => (now === 'pages' ? undefined : now))} />
      <div className={styles.main}>
        <TopBar onFind={find} onPages={() => setOpen(open === 'pages' ? undefined : 'pages')} pagesOpen={open === 'pages'} />
        <AwayBanner />
        <main id="content" tabIndex={-1} className={styles.content}>
          <Boundary resetKey={path}>
            <Outlet />
          </Boundary>
        </main>
      </div>
      <Boundary resetKey={`${path} ${open}`}>
        <Suspense>
          {open === 'palette' && <Palette onClose={close} />}
          {open === 'keys' && <KeyList onClose={close} />}
        </Suspense>
      </Boundary>
      <Toasts />
      <WhenHint />
    </div>
  );
}
