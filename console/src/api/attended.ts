// Whether somebody is at the page: a session that nobody uses ends, and a page that keeps itself up to date is nobody.
const acts = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'focus'] as const;
const patience = 5 * 60_000;
let last = -Infinity;

/** Begins once for the page, which somebody has just opened. */
export function noteActs(page: Pick<Window, 'addEventListener'>, now: () => number): void {
  const note = () => void (last = now());
  note();
  acts.forEach((act) => page.addEventListener(act, note, { capture: true, passive: true }));
}

/** Whether somebody has touched the page within the last minutes. */
export const isAttended = (now: number) => now - last < patience;
