import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Listed, Sentence } from './sentence';

describe('a sentence', () => {
  it('has what is shown where its language puts it', () => {
    expect(renderToStaticMarkup(<Sentence of="{at}, {who} ({at})" at={<b>9:00</b>} who="ops" />)).toBe(
      '<bdi><b>9:00</b></bdi>, <bdi>ops</bdi> (<bdi><b>9:00</b></bdi>)',
    );
  });

  it('is empty in a place for which nothing is given', () => {
    expect(renderToStaticMarkup(<Sentence of="since {at}." />)).toBe('since <bdi></bdi>.');
  });
});

describe('a list', () => {
  it('has between what is shown what the language has', () =>
    expect(renderToStaticMarkup(<Listed of={[<b key="a">a</b>, <i key="b">b</i>, '1 more']} />)).toBe(
      '<bdi><b>a</b></bdi>, <bdi><i>b</i></bdi> and <bdi>1 more</bdi>',
    ));
});
