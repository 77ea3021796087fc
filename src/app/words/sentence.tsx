import { Fragment, type ReactNode } from 'react';

/** Stands in a sentence where something drawn belongs; no language writes it. */
const place = '\uE000';

interface SentenceProps {
  /** The sentence, with a place for what is given to it. */
  readonly of: (part: string) => string;
  readonly children: ReactNode;
}

/** A sentence with something drawn in it, wherever the language puts it. */
export function Sentence({ of, children }: SentenceProps) {
  const [before, ...rest] = of(place).split(place);
  return (
    <>
      {before}
      {rest.map((after, index) => (
        <Fragment key={index}>
          {children}
          {after}
        </Fragment>
      ))}
    </>
  );
}
