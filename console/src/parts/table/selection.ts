import { useCallback, useState } from 'react';

/** What is selected of a list: some rows by id, or everything that its filters find, loaded or not. */
export type Selection = { all: boolean; ids: ReadonlySet<string> };

const none: Selection = { all: false, ids: new Set() };

export function toggle(selection: Selection, id: string, shown: readonly string[]): Selection {
  // Taking one out of "all" leaves what is shown without it: what was never shown cannot be told apart.
  const ids = new Set(selection.all ? shown : selection.ids);
  if (!ids.delete(id)) {
    ids.add(id);
  }
  return { all: false, ids };
}

export function useSelection() {
  const [selection, setSelection] = useState<Selection>(none);
  return {
    selection,
    toggle: useCallback((id: string, shown: readonly string[]) => setSelection((now) => toggle(now, id, shown)), []),
    selectShown: useCallback((ids: readonly string[]) => setSelection({ all: false, ids: new Set(ids) }), []),
    selectMatching: useCallback(() => setSelection({ all: true, ids: new Set() }), []),
    clear: useCallback(() => setSelection(none), []),
  };
}

export const isSelected = (selection: Selection, id: string) => selection.all || selection.ids.has(id);
