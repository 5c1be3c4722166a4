import { Fragment, type ReactNode } from 'react';
import { listParts } from '../texts';

type Props = { of: string; [place: string]: ReactNode };

/**
 * A sentence with what is shown in its places, where its language has them: `<Sentence of="since {at}" at={<When at={pause.since} />} />`. Names that are
 * read from the right stand apart, so that they do not take along what is beside them.
 */
export const Sentence = ({ of, ...shown }: Props) => (
  <>{of.split(/\{(\w+)\}/).map((piece, place) => (place % 2 === 0 ? piece : <bdi key={piece}>{shown[piece]}</bdi>))}</>
);

/** Things one after the other, as the language lists them. */
export const Listed = ({ of }: { of: readonly ReactNode[] }) => (
  <>{listParts(of.length).map(({ type, value }, at) => (type === 'element' ? <bdi key={at}>{of[Number(value)]}</bdi> : <Fragment key={at}>{value}</Fragment>))}</>
);
