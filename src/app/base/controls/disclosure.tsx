import { ChevronRight } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import { Suspense, type ReactNode } from 'react';
import { useWords } from '../../words/words-context.tsx';
import styles from './disclosure.module.css';

interface DisclosureProps {
  readonly label: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** May be fetched when it is first opened. */
  readonly children: ReactNode;
}

/** What has good defaults waits behind a button. */
export function Disclosure({ label, open, onOpenChange, children }: DisclosureProps) {
  const { common } = useWords();
  return (
    <Collapsible.Root open={open} onOpenChange={onOpenChange}>
      <Collapsible.Trigger type="button" className={`button ${styles.disclosure}`}>
        <ChevronRight className="pointing" size={18} aria-hidden />
        {label}
      </Collapsible.Trigger>
      <Collapsible.Content>
        <Suspense fallback={<p className="hint">{common.loading}</p>}>{children}</Suspense>
      </Collapsible.Content>
    </Collapsible.Root>
  );
}
