import { Fragment, type ReactNode } from 'react';

type Props = { of: string; [place: string]: ReactNode };

/** A sentence with what is shown in its places, where its language has them: `<Sentence of="since {at}" at={<When at={pause.since} />} />`. */
export const Sentence = ({ of, ...shown }: Props) => (
  <>{of.split(/\{(\w+)\}/).map((piece, place) => (place % 2 === 0 ? piece : <Fragment key={piece}>{shown[piece]}</Fragment>))}</>
);
