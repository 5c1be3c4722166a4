import type { ReactNode } from 'react';
import { Button } from '../button';
import { Empty } from './empty';

type Props = { title: string; clear: string; onClear: () => void; children: ReactNode };

/** A list that is narrowed to nothing: says what to try, and takes all that narrows it away. */
export const FoundNone = ({ title, clear, onClear, children }: Props) => (
  <Empty title={title}>
    {children}
    <Button onPress={onClear}>{clear}</Button>
  </Empty>
);
