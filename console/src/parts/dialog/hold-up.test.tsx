import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { HoldUp, saidOf } from './hold-up';

it.each([
  ['idle', 'No node takes work: it waits until one does.', 'It waits until a node takes work.'],
  ['paused', 'The tenant is paused: it runs nothing until somebody resumes it.', 'It starts as soon as a slot is free.'],
  ['late', 'What is due waits at the moment, and so may this.', 'It starts as soon as a slot is free.'],
  [undefined, '', 'It starts as soon as a slot is free.'],
] as const)('what is asked for while its host is %s is told what that means for it', (held, line, said) => {
  const shown = renderToStaticMarkup(<HoldUp of={held} />);
  expect(held ? shown : '').toContain(line);
  expect(shown === '').toBe(held === undefined);
  expect(saidOf(held)).toBe(said);
});
