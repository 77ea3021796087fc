import { ChevronRight } from 'lucide-react';
import { Suspense, useId, type ReactNode } from 'react';
import { useWords } from '../../words/words-context.tsx';
import styles from './disclosure.module.css';

interface DisclosureProps {
  readonly label: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** May be fetched when it is first opened. */
  readonly children: ReactNode;
}

/** What has good defaults waits behind a button. Not Radix's: the first screen would wait for it. */
export function Disclosure({ label, open, onOpenChange, children }: DisclosureProps) {
  const { common } = useWords();
  const id = useId();
  const state = open ? 'open' : 'closed';
  return (
    <div data-state={state}>
      <button
        type="button"
        className={`button ${styles.disclosure}`}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        data-state={state}
        onClick={() => onOpenChange(!open)}
      >
        <ChevronRight className="pointing" size={18} aria-hidden />
        {label}
      </button>
      {open ? (
        <div id={id} data-state={state}>
          <Suspense fallback={<p className="hint">{common.loading}</p>}>{children}</Suspense>
        </div>
      ) : null}
    </div>
  );
}
