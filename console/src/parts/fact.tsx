import type { ReactNode } from 'react';

/** One of a list (`dl`) of names and what they are. */
export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
