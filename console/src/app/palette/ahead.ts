import { isHeld } from '../keys';

/**
 * What is typed between the press that asks for the palette and its field's focus: its script may have to be loaded first, and until then
 * letters would be lost, or would be commands of the page.
 */
let typed: string | undefined;
let leave = () => {};

/** Begins to keep what is typed; Escape has `onLeave` called. */
export function beginTyping(onLeave: () => void): void {
  if (typed === undefined) {
    typed = '';
    addEventListener('keydown', onKeyDown, true);
  }
  leave = onLeave;
}

/** What was typed since; from now on keys go where the focus is. */
export function takeTyped(): string {
  const taken = typed ?? '';
  typed = undefined;
  removeEventListener('keydown', onKeyDown, true);
  return taken;
}

/** The text with a key pressed behind it; undefined for one that writes nothing. */
export function after(text: string, { key, ctrlKey, metaKey, altKey, isComposing, graph }: Press): string | undefined {
  // What some keyboards write by AltGr is said to be Ctrl and Alt.
  if (isComposing || (!graph && (ctrlKey || metaKey || altKey))) {
    return undefined;
  }
  return key === 'Backspace' ? [...text].slice(0, -1).join('') : [...key].length === 1 ? text + key : undefined;
}

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'> & { graph: boolean };

function onKeyDown(event: KeyboardEvent): void {
  // Somebody whose session ends meanwhile types a token, which is no word of the palette.
  if (isHeld()) {
    return;
  }
  const { key, ctrlKey, metaKey, altKey, isComposing } = event;
  const text = after(typed ?? '', { key, ctrlKey, metaKey, altKey, isComposing, graph: event.getModifierState('AltGraph') });
  if (key === 'Escape') {
    takeTyped();
    leave();
  } else if (text !== undefined) {
    typed = text;
  } else if (key !== 'Enter' && key !== 'Tab') {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}
