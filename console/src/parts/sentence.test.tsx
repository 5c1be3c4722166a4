import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Sentence } from './sentence';

describe('a sentence', () => {
  it('has what is shown where its language puts it', () => {
    expect(renderToStaticMarkup(<Sentence of="{at}, {who} ({at})" at={<b>9:00</b>} who="ops" />)).toBe('<b>9:00</b>, ops (<b>9:00</b>)');
  });

  it('is empty in a place for which nothing is given', () => {
    expect(renderToStaticMarkup(<Sentence of="since {at}." />)).toBe('since .');
  });
});
