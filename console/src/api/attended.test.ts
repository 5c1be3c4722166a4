import { expect, it } from 'vitest';
import { isAttended, noteActs } from './attended';

it('is attended for five minutes after somebody touched it', () => {
  const page = new EventTarget();
  let now = 1_000;
  noteActs(page as unknown as Window, () => now);
  expect(isAttended(now)).toBe(true);
  expect(isAttended(now + 299_999)).toBe(true);
  expect(isAttended(now + 300_000)).toBe(false);
  for (const act of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'focus']) {
    now += 400_000;
    expect(isAttended(now)).toBe(false);
    page.dispatchEvent(new Event(act));
    expect(isAttended(now)).toBe(true);
  }
});
