import { expect, it } from 'vitest';
import { askBeforeLeaving } from './leaving';

const leave = (page: EventTarget) => !page.dispatchEvent(new Event('beforeunload', { cancelable: true }));

it('a page is asked about for as long as something would be lost', () => {
  const page = new EventTarget();
  const end = askBeforeLeaving(page);
  expect(leave(page)).toBe(true);
  end();
  expect(leave(page)).toBe(false);
});
