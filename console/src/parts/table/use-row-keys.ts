import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useKeys } from '../../app/keys';
import { texts } from '../../texts';

type Options = {
  count: number;
  scroller: RefObject<HTMLElement | null>;
  scrollTo: (at: number) => void;
  open: (at: number) => void;
  select: (at: number) => void;
};

/** Where a key leads from a row; undefined for other keys. */
export function target(key: string, from: number, count: number): number | undefined {
  const last = count - 1;
  const steps: Record<string, number> = {
    ArrowDown: from + 1,
    j: from + 1,
    ArrowUp: from - 1,
    k: from - 1,
    PageDown: from + 15,
    PageUp: from - 15,
    Home: 0,
    End: last,
  };
  const to = steps[key];
  return to === undefined || count === 0 ? undefined : Math.max(0, Math.min(last, to));
}

/** Moves the focus over the rows of a table of which only some are drawn. */
export function useRowKeys({ count, scroller, scrollTo, open, select }: Options) {
  const [active, setActive] = useState(0);
  const wanted = useRef<number | undefined>(undefined);
  const move = useCallback(
    (to: number) => {
      wanted.current = to;
      setActive(to);
      scrollTo(to);
    },
    [scrollTo],
  );

  // The row may be drawn only after the list was scrolled there.
  useEffect(() => {
    if (wanted.current !== undefined) {
      const row = scroller.current?.querySelector<HTMLElement>(`[data-at="${wanted.current}"]`);
      if (row) {
        wanted.current = undefined;
        row.focus({ preventScroll: true });
      }
    }
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const row = (event.target as HTMLElement).closest<HTMLElement>('[data-at]');
    if (!row || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const at = Number(row.dataset.at);
    const to = target(event.key, at, count);
    if (to !== undefined) {
      event.preventDefault();
      move(to);
    } else if (event.target === row && event.key === 'Enter') {
      event.preventDefault();
      open(at);
    } else if (event.key === 'x' || (event.key === ' ' && event.target === row)) {
      event.preventDefault();
      select(at);
    }
  };

  // From anywhere on the page the first j or k comes into the list.
  const enter = useRef(() => {});
  enter.current = () => count > 0 && move(Math.min(active, count - 1));
  const words = texts.shell.keys;
  useKeys(
    useMemo(
      () => [
        { keys: 'j', text: words.down, group: 'lists' as const, act: () => enter.current() },
        { keys: 'k', text: words.up, group: 'lists' as const, act: () => enter.current() },
      ],
      [words],
    ),
  );
  return { active: Math.min(active, Math.max(0, count - 1)), onFocus: setActive, onKeyDown };
}
